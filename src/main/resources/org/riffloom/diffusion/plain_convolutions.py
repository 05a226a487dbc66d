
  # Convolutions by libtorch alone, which has no operators of oneDNN on every kind of machine.

  def laid_out(self: __torch__.net.Network, weight: Tensor, model: Tensor) -> Tensor:
    # In the layout of another weight.
    if weight.dim() == 4:
      return weight.contiguous(memory_format=self.layout)
    return weight

  def conv(self: __torch__.net.Network, k: str, x: Tensor, stride: int, padding: int) -> Tensor:
    return torch.conv2d(x, self.w[k + ".weight"], self.w[k + ".bias"], [stride, stride], [padding, padding])
