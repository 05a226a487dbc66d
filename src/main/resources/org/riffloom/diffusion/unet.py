class Network(Module):
  # The conditional UNet of latent diffusion (Rombach et al., 2022) as Stable Diffusion 1.x arranges it.
  # Blocks differ by which weights the checkpoint has for them, so their presence is the architecture.
  __parameters__ = []
  __buffers__ = []
  w : Dict[str, Tensor]
  base : Dict[str, Tensor]
  device : str
  dtype : int
  layout : int
  groups : int
  levels : int
  heads : List[int]
  width : int
  eps : float
  down_padding : int
  cosine_first : bool
  frequency_shift : int

  def time_embedding(self: __torch__.net.Network, t: float, like: Tensor) -> Tensor:
    # Sinusoids of the timestep through two layers, [1, time width]; every user applies SiLU first, so it is done here.
    half = self.width // 2
    # -ln(10000), the longest period
    exponent = torch.arange(half, dtype=6, device=like.device) * (-9.210340371976184 / (half - self.frequency_shift))
    angle = t * torch.exp(exponent)
    if self.cosine_first:
      e = torch.cat([torch.cos(angle), torch.sin(angle)])
    else:
      e = torch.cat([torch.sin(angle), torch.cos(angle)])
    if self.width % 2 == 1:
      e = torch.cat([e, torch.zeros([1], dtype=6, device=like.device)])
    e = e.unsqueeze(0).to(like.dtype)
    e = self.linear("time_embedding.linear_2", torch.silu(self.linear("time_embedding.linear_1", e)))
    return torch.silu(e)

  def resnet(self: __torch__.net.Network, k: str, x: Tensor, time: Tensor) -> Tensor:
    h = self.conv(k + ".conv1", torch.silu(self.norm(k + ".norm1", x, self.eps)), 1, 1)
    h = h + self.linear(k + ".time_emb_proj", time).unsqueeze(-1).unsqueeze(-1)
    h = self.conv(k + ".conv2", torch.silu(self.norm(k + ".norm2", h, self.eps)), 1, 1)
    if (k + ".conv_shortcut.weight") in self.w:
      x = self.conv(k + ".conv_shortcut", x, 1, 0)
    return x + h

  def attention(self: __torch__.net.Network, k: str, x: Tensor, context: Tensor, heads: int) -> Tensor:
    o = self.attend(self.linear(k + ".to_q", x), self.linear(k + ".to_k", context), self.linear(k + ".to_v", context), heads, False)
    return self.linear(k + ".to_out.0", o)

  def transformer(self: __torch__.net.Network, k: str, x: Tensor, context: Tensor, heads: int) -> Tensor:
    b, c, height, width = x.size(0), x.size(1), x.size(2), x.size(3)
    h = self.norm(k + ".norm", x, 1e-06).permute(0, 2, 3, 1).reshape(b, height * width, c)
    # A 1x1 convolution is a linear layer over the channels, whichever the checkpoint calls it.
    h = torch.linear(h, self.w[k + ".proj_in.weight"].view(c, c), self.w[k + ".proj_in.bias"])
    t = k + ".transformer_blocks.0"
    n = self.layer_norm(t + ".norm1", h, 1e-05)
    h = h + self.attention(t + ".attn1", n, n, heads)
    h = h + self.attention(t + ".attn2", self.layer_norm(t + ".norm2", h, 1e-05), context, heads)
    gated = self.linear(t + ".ff.net.0.proj", self.layer_norm(t + ".norm3", h, 1e-05)).chunk(2, -1)
    h = h + self.linear(t + ".ff.net.2", gated[0] * torch.gelu(gated[1]))
    h = torch.linear(h, self.w[k + ".proj_out.weight"].view(c, c), self.w[k + ".proj_out.bias"])
    return x + h.view(b, height, width, c).permute(0, 3, 1, 2)

  def predict(self: __torch__.net.Network, sample: Tensor, t: float, context: Tensor) -> Tensor:
    # sample [batch, channels, height, width] at timestep t, context [batch, tokens, width]; the result is like sample.
    time = self.time_embedding(t, sample)
    x = self.conv("conv_in", sample.contiguous(memory_format=self.layout), 1, 1)
    skips = [x]
    for level in range(self.levels):
      k = "down_blocks." + str(level)
      j = 0
      while (k + ".resnets." + str(j) + ".conv1.weight") in self.w:
        x = self.resnet(k + ".resnets." + str(j), x, time)
        if (k + ".attentions." + str(j) + ".norm.weight") in self.w:
          x = self.transformer(k + ".attentions." + str(j), x, context, self.heads[level])
        skips.append(x)
        j = j + 1
      if (k + ".downsamplers.0.conv.weight") in self.w:
        if self.down_padding == 0:
          x = torch.constant_pad_nd(x, [0, 1, 0, 1], 0.0)
        x = self.conv(k + ".downsamplers.0.conv", x, 2, self.down_padding)
        skips.append(x)
    x = self.resnet("mid_block.resnets.0", x, time)
    x = self.transformer("mid_block.attentions.0", x, context, self.heads[self.levels - 1])
    x = self.resnet("mid_block.resnets.1", x, time)
    for up in range(self.levels):
      k = "up_blocks." + str(up)
      j = 0
      while (k + ".resnets." + str(j) + ".conv1.weight") in self.w:
        x = self.resnet(k + ".resnets." + str(j), torch.cat([x, skips.pop()], 1), time)
        if (k + ".attentions." + str(j) + ".norm.weight") in self.w:
          x = self.transformer(k + ".attentions." + str(j), x, context, self.heads[self.levels - 1 - up])
        j = j + 1
      if (k + ".upsamplers.0.conv.weight") in self.w:
        x = torch.upsample_nearest2d(x, [x.size(2) * 2, x.size(3) * 2])
        x = self.conv(k + ".upsamplers.0.conv", x, 1, 1)
    return self.conv("conv_out", torch.silu(self.norm("conv_norm_out", x, self.eps)), 1, 1)

  def forward(self: __torch__.net.Network, sample: Tensor, context: Tensor, memory: Tensor, c: Tensor) -> List[Tensor]:
    # One denoising step without leaving the device. sample is the float32 latents [1, channels, height, width]; context
    # holds the negative and the positive text, or the positive alone for no guidance; memory is what the last step
    # returned, its rows the last clean image, the latents before that step, and its output and those before, the latest
    # first; c are this step's numbers, made in Java: see DenoisingStep.
    guided = context.size(0) == 2
    x = sample.to(self.dtype)
    if guided:
      x = torch.cat([x, x])
    out = self.predict(x, float(c[0]), context).to(6)
    if guided:
      halves = out.chunk(2)
      out = halves[0] + float(c[1]) * (halves[1] - halves[0])
    clean = float(c[2]) * sample + float(c[3]) * out
    clip = float(c[4])
    if clip > 0.0:
      clean = torch.clamp(clean, -clip, clip)
    following = float(c[5]) * sample + float(c[6]) * out + float(c[7]) * clean + float(c[8]) * memory[0:1]
    for row in range(1, memory.size(0)):
      if float(c[8 + row]) != 0.0:
        following = following + float(c[8 + row]) * memory[row:row + 1]
    return [following, torch.cat([clean, sample, out, memory[2:5]])]

  def predict_at(self: __torch__.net.Network, sample: Tensor, t: Tensor, context: Tensor) -> Tensor:
    # The bare prediction, with the timestep as a tensor of one number.
    return self.predict(sample.to(self.dtype), float(t), context).to(6)

