  # What the three networks share. Java appends this text to each network's own, inside its class.
  # The dialect is TorchScript's: dtypes and memory formats are numbers (6 = float32, memory format 2 = channels last).

  def put(self: __torch__.net.Network, tensors: Dict[str, Tensor]) -> Tensor:
    # Takes weights over by name. Module.to(device) does not reach into a dictionary, so each is moved and cast here. For
    # each in turn, the result is 1 if the network computes with a copy of it, and 0 if with the very tensor.
    copied: List[int] = []
    for name in list(tensors.keys()):
      given = tensors[name]
      weight = given.to(self.device, self.dtype)
      if weight.dim() == 4:
        weight = weight.contiguous(memory_format=self.weight_layout)
      copied.append(int(weight is not given))
      self.w[name] = weight
    return torch.tensor(copied, dtype=3)

  def update(self: __torch__.net.Network, updates: Dict[str, Tensor]) -> Tensor:
    # Computes with weights + updates from now on, added in single precision. What the checkpoint has waits in `base`: to
    # subtract the update again would not give the same bits.
    last = torch.zeros([1])
    for name in list(updates.keys()):
      weight = self.w[name]
      if name not in self.base:
        self.base[name] = weight
      plain = weight
      if weight.is_mkldnn:
        plain = weight.to_dense()
      last = (plain.to(6) + updates[name].view(plain.size())).to(self.dtype)
      self.w[name] = self.laid_out(last, weight)
    return last

  def restore(self: __torch__.net.Network, nothing: Tensor) -> Tensor:
    # Computes with the checkpoint's own weights again.
    for name in list(self.base.keys()):
      self.w[name] = self.base[name]
    self.base.clear()
    return nothing

  def linear(self: __torch__.net.Network, k: str, x: Tensor) -> Tensor:
    return torch.linear(x, self.w[k + ".weight"], self.w.get(k + ".bias"))

  def norm(self: __torch__.net.Network, k: str, x: Tensor, eps: float) -> Tensor:
    return torch.group_norm(x, self.groups, self.w[k + ".weight"], self.w[k + ".bias"], eps)

  def layer_norm(self: __torch__.net.Network, k: str, x: Tensor, eps: float) -> Tensor:
    return torch.layer_norm(x, [x.size(-1)], self.w[k + ".weight"], self.w[k + ".bias"], eps)

  def attend(self: __torch__.net.Network, q: Tensor, k: Tensor, v: Tensor, heads: int, causal: bool) -> Tensor:
    # Scaled dot-product attention: q is [batch, queries, width], k and v are [batch, keys, width].
    b = q.size(0)
    width = q.size(2)
    q = q.view(b, -1, heads, width // heads).transpose(1, 2)
    k = k.view(b, -1, heads, width // heads).transpose(1, 2)
    v = v.view(b, -1, heads, width // heads).transpose(1, 2)
    o = torch.scaled_dot_product_attention(q, k, v, None, 0.0, causal)
    return o.transpose(1, 2).reshape(b, -1, width)

  def noised(self: __torch__.net.Network, c: Tensor, image: Tensor, noise: Tensor) -> Tensor:
    # Latents mixed with noise; c is the shares of both.
    return float(c[0]) * image + float(c[1]) * noise
