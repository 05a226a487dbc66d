
  # Convolutions by oneDNN with weights in its own blocked layout. libtorch gives it the same work with weights as they are,
  # which it then rearranges in every call: half of the time where pictures are small and channels many.

  def pack(self: __torch__.net.Network, name: str, weight: Tensor) -> bool:
    # Keeps a convolution's weight in the layout that it is computed in, if that is another one than the checkpoint's.
    if weight.dim() != 4 or weight.size(2) == 1:
      return False
    # The layout is chosen for a size of input, which hardly matters; another one would be rearranged after all.
    size = [2, weight.size(1), 32, 32]
    self.packed[name] = ops.mkldnn._reorder_convolution_weight(weight, [1, 1], [1, 1], [1, 1], 1, size)
    return True

  def conv_packed(self: __torch__.net.Network, k: str, x: Tensor, stride: int, padding: int) -> Tensor:
    weight = self.packed[k + ".weight"]
    scalars = annotate(List[Optional[number]], [])
    return ops.mkldnn._convolution_pointwise(x, weight, self.w[k + ".bias"], [padding, padding], [stride, stride], [1, 1], 1, "none", scalars, None)
