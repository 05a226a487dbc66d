class Network(Module):
  # CLIP's text model (Radford et al., 2021): a causal transformer with layer norms before each half of a layer.
  __parameters__ = []
  __buffers__ = []
  w : Dict[str, Tensor]
  base : Dict[str, Tensor]
  device : str
  dtype : int
  layout : int
  weight_layout : int
  groups : int
  layers : int
  heads : int
  eps : float
  quick_gelu : bool

  def activation(self: __torch__.net.Network, x: Tensor) -> Tensor:
    if self.quick_gelu:
      return x * torch.sigmoid(1.702 * x)
    return torch.gelu(x)

  def learn(self: __torch__.net.Network, vectors: Tensor) -> Tensor:
    # Appends embeddings [tokens, width] to those of the vocabulary.
    table = self.w["embeddings.token_embedding.weight"]
    self.w["embeddings.token_embedding.weight"] = torch.cat([table, vectors.to(table.device, table.dtype)])
    return vectors

  def forward(self: __torch__.net.Network, ids: Tensor) -> Tensor:
    # ids is [windows, tokens] of int64; the result [1, all tokens, width] is the last hidden state, normed, of one window
    # after the other.
    ids = ids.to(self.device)
    tokens = self.w["embeddings.token_embedding.weight"]
    positions = self.w["embeddings.position_embedding.weight"]
    x = torch.embedding(tokens, ids) + positions[:ids.size(1)]
    for i in range(self.layers):
      k = "encoder.layers." + str(i)
      h = self.layer_norm(k + ".layer_norm1", x, self.eps)
      a = k + ".self_attn."
      h = self.attend(self.linear(a + "q_proj", h), self.linear(a + "k_proj", h), self.linear(a + "v_proj", h), self.heads, True)
      x = x + self.linear(a + "out_proj", h)
      h = self.layer_norm(k + ".layer_norm2", x, self.eps)
      h = self.activation(self.linear(k + ".mlp.fc1", h))
      x = x + self.linear(k + ".mlp.fc2", h)
    return self.layer_norm("final_layer_norm", x, self.eps).view(1, -1, x.size(2))

  def weigh(self: __torch__.net.Network, embedding: Tensor, weights: Tensor) -> Tensor:
    # Weighs tokens, and scales the whole so that its mean stays, or weights would change the loudness of all. The mean is
    # small against its parts, so it is taken in single precision.
    x = embedding.to(6)
    weighed = x * weights.unsqueeze(-1)
    return (weighed * (torch.mean(x) / torch.mean(weighed))).to(embedding.dtype)

  def mix(self: __torch__.net.Network, c: Tensor, start: Tensor, end: Tensor) -> Tensor:
    # The embedding at c, 0 to 1, on the straight line from start to end.
    return start + float(c) * (end - start)

