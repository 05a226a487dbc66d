class Network(Module):
  # The image autoencoder of latent diffusion (Rombach et al., 2022), AutoencoderKL in diffusers.
  __parameters__ = []
  __buffers__ = []
  w : Dict[str, Tensor]
  base : Dict[str, Tensor]
  device : str
  dtype : int
  layout : int
  weight_layout : int
  groups : int
  levels : int

  def resnet(self: __torch__.net.Network, k: str, x: Tensor) -> Tensor:
    h = self.conv(k + ".conv1", torch.silu_(self.norm(k + ".norm1", x, 1e-06)), 1, 1)
    h = self.conv(k + ".conv2", torch.silu_(self.norm(k + ".norm2", h, 1e-06)), 1, 1)
    if (k + ".conv_shortcut.weight") in self.w:
      x = self.conv(k + ".conv_shortcut", x, 1, 0)
    # Into h, which nobody else has, unlike x.
    return h.add_(x)

  def resnets(self: __torch__.net.Network, k: str, x: Tensor) -> Tensor:
    j = 0
    while (k + ".resnets." + str(j) + ".conv1.weight") in self.w:
      x = self.resnet(k + ".resnets." + str(j), x)
      j = j + 1
    return x

  def middle(self: __torch__.net.Network, k: str, x: Tensor) -> Tensor:
    x = self.resnet(k + ".resnets.0", x)
    a = k + ".attentions.0"
    if (a + ".to_q.weight") in self.w:
      b, c, height, width = x.size(0), x.size(1), x.size(2), x.size(3)
      h = self.norm(a + ".group_norm", x, 1e-06).permute(0, 2, 3, 1).reshape(b, height * width, c)
      h = self.attend(self.linear(a + ".to_q", h), self.linear(a + ".to_k", h), self.linear(a + ".to_v", h), 1, False)
      x = x + self.linear(a + ".to_out.0", h).view(b, height, width, c).permute(0, 3, 1, 2)
    return self.resnet(k + ".resnets.1", x)

  def output(self: __torch__.net.Network, k: str, x: Tensor) -> Tensor:
    return self.conv(k + ".conv_out", torch.silu_(self.norm(k + ".conv_norm_out", x, 1e-06)), 1, 1)

  def encode(self: __torch__.net.Network, pixels: Tensor) -> List[Tensor]:
    # pixels [height, width, 3] of uint8; the results are mean and standard deviation of the latents, float32.
    x = pixels.to(self.device).permute(2, 0, 1).unsqueeze(0)
    x = (2.0 * (x.to(6) / 255.0) - 1.0).to(self.dtype)
    x = self.conv("encoder.conv_in", x.contiguous(memory_format=self.layout), 1, 1)
    for level in range(self.levels):
      k = "encoder.down_blocks." + str(level)
      x = self.resnets(k, x)
      if (k + ".downsamplers.0.conv.weight") in self.w:
        # Stable Diffusion's encoder pads only on the right and at the bottom.
        x = self.conv(k + ".downsamplers.0.conv", torch.constant_pad_nd(x, [0, 1, 0, 1], 0.0), 2, 0)
    x = self.output("encoder", self.middle("encoder.mid_block", x))
    if "quant_conv.weight" in self.w:
      x = self.conv("quant_conv", x, 1, 0)
    moments = x.to(6).contiguous().chunk(2, 1)
    return [moments[0], torch.exp(0.5 * torch.clamp(moments[1], -30.0, 20.0))]

  def decode(self: __torch__.net.Network, latents: Tensor) -> Tensor:
    # latents [1, channels, height, width] as the encoder makes them, unscaled; the result is [1, 3, H, W], about -1 to 1.
    x = latents.to(self.dtype).contiguous(memory_format=self.layout)
    if "post_quant_conv.weight" in self.w:
      x = self.conv("post_quant_conv", x, 1, 0)
    x = self.middle("decoder.mid_block", self.conv("decoder.conv_in", x, 1, 1))
    for up in range(self.levels):
      k = "decoder.up_blocks." + str(up)
      x = self.resnets(k, x)
      if (k + ".upsamplers.0.conv.weight") in self.w:
        x = torch.upsample_nearest2d(x, [x.size(2) * 2, x.size(3) * 2])
        x = self.conv(k + ".upsamplers.0.conv", x, 1, 1)
    return self.output("decoder", x)

  def paint(self: __torch__.net.Network, latents: Tensor) -> Tensor:
    # Decodes to pixels, [height, width, 3] of uint8.
    x = (self.decode(latents).to(6) / 2.0 + 0.5).clamp(0.0, 1.0)
    return torch.round(x * 255.0)[0].permute(1, 2, 0).contiguous().to(0)

  def sample(self: __torch__.net.Network, mean: Tensor, deviation: Tensor, draw: Tensor) -> Tensor:
    # Of a picture's latents; draw is normal noise.
    return mean + deviation * draw

