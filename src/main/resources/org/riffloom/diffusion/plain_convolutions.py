
  # Convolutions by libtorch alone.

  def pack(self: __torch__.net.Network, name: str, weight: Tensor) -> bool:
    # Keeps a convolution's weight in the layout that it is computed in, if that is another one than the checkpoint's.
    return False

  def conv_packed(self: __torch__.net.Network, k: str, x: Tensor, stride: int, padding: int) -> Tensor:
    return x
