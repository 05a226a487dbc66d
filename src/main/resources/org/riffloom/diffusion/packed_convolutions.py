
  # Convolutions by oneDNN, whose large weights can be put into its own blocked layout. libtorch gives it the same work with
  # weights as they are, which it then rearranges in every call: two thirds of the time where pictures are small and channels
  # many.

  def pack(self: __torch__.net.Network, names: Dict[str, Tensor]) -> Tensor:
    # Keeps these weights in the layout that they are computed in.
    for name in list(names.keys()):
      self.w[name] = self.packed(self.w[name])
      if name in self.base:
        self.base[name] = self.packed(self.base[name])
    return torch.zeros([1])

  def packed(self: __torch__.net.Network, weight: Tensor) -> Tensor:
    # The layout is chosen for a size of input, which hardly matters; another one would be rearranged after all.
    size = [2, weight.size(1), 16, 16]
    return ops.mkldnn._reorder_convolution_weight(weight, [1, 1], [1, 1], [1, 1], 1, size)

  def laid_out(self: __torch__.net.Network, weight: Tensor, model: Tensor) -> Tensor:
    # In the layout of another weight.
    if model.is_mkldnn:
      return self.packed(weight)
    if weight.dim() == 4:
      return weight.contiguous(memory_format=self.layout)
    return weight

  def conv(self: __torch__.net.Network, k: str, x: Tensor, stride: int, padding: int) -> Tensor:
    weight = self.w[k + ".weight"]
    bias = self.w[k + ".bias"]
    if weight.is_mkldnn:
      scalars = annotate(List[Optional[number]], [])
      return ops.mkldnn._convolution_pointwise(x, weight, bias, [padding, padding], [stride, stride], [1, 1], 1, "none", scalars, None)
    return torch.conv2d(x, weight, bias, [stride, stride], [padding, padding])
