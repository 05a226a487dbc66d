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
  weight_layout : int
  groups : int
  levels : int
  heads : List[int]
  width : int
  eps : float
  down_padding : int
  cosine_first : bool
  frequency_shift : int

  def time_embedding(self: __torch__.net.Network, timesteps: List[float], like: Tensor) -> Tensor:
    # Sinusoids of each timestep through two layers, [timesteps, time width]; every user applies SiLU first, so it is done
    # here. Timesteps come from the host as arguments of operations, which nothing waits for, unlike a copied tensor.
    half = self.width // 2
    # -ln(10000), the longest period
    exponent = torch.arange(half, dtype=6, device=like.device) * (-9.210340371976184 / (half - self.frequency_shift))
    frequencies = torch.exp(exponent)
    rows = []
    for t in timesteps:
      angle = t * frequencies
      if self.cosine_first:
        e = torch.cat([torch.cos(angle), torch.sin(angle)])
      else:
        e = torch.cat([torch.sin(angle), torch.cos(angle)])
      if self.width % 2 == 1:
        e = torch.cat([e, torch.zeros([1], dtype=6, device=like.device)])
      rows.append(e)
    e = torch.stack(rows).to(like.dtype)
    e = self.linear("time_embedding.linear_2", torch.silu(self.linear("time_embedding.linear_1", e)))
    return torch.silu(e)

  def resnet(self: __torch__.net.Network, k: str, x: Tensor, time: Tensor, owners: Tensor) -> Tensor:
    h = self.conv(k + ".conv1", torch.silu_(self.norm(k + ".norm1", x, self.eps)), 1, 1)
    shift = self.linear(k + ".time_emb_proj", time).index_select(0, owners)
    h = h.add_(shift.unsqueeze(-1).unsqueeze(-1))
    h = self.conv(k + ".conv2", torch.silu_(self.norm(k + ".norm2", h, self.eps)), 1, 1)
    if (k + ".conv_shortcut.weight") in self.w:
      x = self.conv(k + ".conv_shortcut", x, 1, 0)
    # Into h, which nobody else has, unlike x.
    return h.add_(x)

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
    h = h.add_(self.attention(t + ".attn1", n, n, heads))
    h = h.add_(self.attention(t + ".attn2", self.layer_norm(t + ".norm2", h, 1e-05), context, heads))
    gated = self.linear(t + ".ff.net.0.proj", self.layer_norm(t + ".norm3", h, 1e-05)).chunk(2, -1)
    h = h.add_(self.linear(t + ".ff.net.2", torch.gelu(gated[1]).mul_(gated[0])))
    h = torch.linear(h, self.w[k + ".proj_out.weight"].view(c, c), self.w[k + ".proj_out.bias"])
    return h.view(b, height, width, c).permute(0, 3, 1, 2).add_(x)

  def predict(self: __torch__.net.Network, sample: Tensor, timesteps: List[float], owners: Tensor, context: Tensor) -> Tensor:
    # sample [batch, channels, height, width], context [batch, tokens, width]; the result is like sample. owners [batch] of
    # int64 says which of the timesteps each row is at.
    time = self.time_embedding(timesteps, sample)
    x = self.conv("conv_in", sample.contiguous(memory_format=self.layout), 1, 1)
    skips = [x]
    for level in range(self.levels):
      k = "down_blocks." + str(level)
      j = 0
      while (k + ".resnets." + str(j) + ".conv1.weight") in self.w:
        x = self.resnet(k + ".resnets." + str(j), x, time, owners)
        if (k + ".attentions." + str(j) + ".norm.weight") in self.w:
          x = self.transformer(k + ".attentions." + str(j), x, context, self.heads[level])
        skips.append(x)
        j = j + 1
      if (k + ".downsamplers.0.conv.weight") in self.w:
        if self.down_padding == 0:
          x = torch.constant_pad_nd(x, [0, 1, 0, 1], 0.0)
        x = self.conv(k + ".downsamplers.0.conv", x, 2, self.down_padding)
        skips.append(x)
    x = self.resnet("mid_block.resnets.0", x, time, owners)
    x = self.transformer("mid_block.attentions.0", x, context, self.heads[self.levels - 1])
    x = self.resnet("mid_block.resnets.1", x, time, owners)
    for up in range(self.levels):
      k = "up_blocks." + str(up)
      j = 0
      while (k + ".resnets." + str(j) + ".conv1.weight") in self.w:
        x = self.resnet(k + ".resnets." + str(j), torch.cat([x, skips.pop()], 1), time, owners)
        if (k + ".attentions." + str(j) + ".norm.weight") in self.w:
          x = self.transformer(k + ".attentions." + str(j), x, context, self.heads[self.levels - 1 - up])
        j = j + 1
      if (k + ".upsamplers.0.conv.weight") in self.w:
        x = torch.upsample_nearest2d(x, [x.size(2) * 2, x.size(3) * 2])
        x = self.conv(k + ".upsamplers.0.conv", x, 1, 1)
    return self.conv("conv_out", torch.silu_(self.norm("conv_norm_out", x, self.eps)), 1, 1)

  def forward(self: __torch__.net.Network, c: Tensor, samples: List[Tensor], contexts: List[Tensor], memories: List[Tensor]) -> List[Tensor]:
    # One denoising step of each of several pictures, in one batch, without leaving the device. For each of them, sample is
    # the float32 latents [1, channels, height, width]; context holds the negative and the positive text, or the positive
    # alone for no guidance; memory is what its last step returned, its rows the last clean image, the latents before that
    # step, and its output and those before, the latest first; its row of c are the step's numbers, made in Java: see
    # DenoisingStep. The result has the next latents and memory of one picture after the other.
    tokens = 0
    for context in contexts:
      tokens = max(tokens, context.size(1))
    longest = tokens
    for context in contexts:
      while tokens % context.size(1) != 0:
        tokens = tokens + longest
    timesteps = annotate(List[float], [])
    inputs = []
    owners = []
    texts = []
    for i in range(len(samples)):
      rows = contexts[i].size(0)
      x = samples[i].to(self.dtype)
      if rows == 2:
        x = torch.cat([x, x])
      inputs.append(x)
      timesteps.append(float(c[i][0]))
      owners.append(torch.full([rows], i, dtype=4, device=x.device))
      # Attention to a text repeated is attention to the text: softmax halves each weight and the sum counts it twice. So
      # texts of one, two and three windows go together without a mask, which would keep the fast kernels out.
      texts.append(contexts[i].repeat([1, tokens // contexts[i].size(1), 1]))
    out = self.predict(torch.cat(inputs), timesteps, torch.cat(owners), torch.cat(texts)).to(6)
    results = []
    row = 0
    for i in range(len(samples)):
      step = c[i]
      sample = samples[i]
      memory = memories[i]
      f = out[row:row + 1]
      if contexts[i].size(0) == 2:
        f = f + float(step[1]) * (out[row + 1:row + 2] - f)
      row = row + contexts[i].size(0)
      clean = float(step[2]) * sample + float(step[3]) * f
      clip = float(step[4])
      if clip > 0.0:
        clean = torch.clamp(clean, -clip, clip)
      following = float(step[5]) * sample + float(step[6]) * f + float(step[7]) * clean + float(step[8]) * memory[0:1]
      for k in range(1, memory.size(0)):
        if float(step[8 + k]) != 0.0:
          following = following + float(step[8 + k]) * memory[k:k + 1]
      results.append(following)
      results.append(torch.cat([clean, sample, f, memory[2:5]]))
    return results

  def add_noise(self: __torch__.net.Network, c: Tensor, latents: Tensor, noise: Tensor) -> Tensor:
    # What some solvers do after a step; c is the noise's weight.
    return latents + float(c) * noise

  def put_back(self: __torch__.net.Network, c: Tensor, latents: Tensor, image: Tensor, noise: Tensor, keep: Tensor, paint: Tensor) -> Tensor:
    # The latents with an image's, noised, in the part that a mask keeps; c is the shares of image and noise.
    return self.noised(c, image, noise) * keep + latents * paint

  def predict_at(self: __torch__.net.Network, t: Tensor, sample: Tensor, context: Tensor) -> Tensor:
    # The bare prediction, with the timestep of all rows as a tensor of one number.
    owners = torch.zeros([sample.size(0)], dtype=4, device=sample.device)
    return self.predict(sample.to(self.dtype), [float(t)], owners, context).to(6)

