/// One layer of an accelerator whose layers work in lock-step, with everything that the platforms
/// have it do differently.
enum LockStepLayer {
  /// A sparse convolution layer.
  case convolution(ConvolutionGeometry, ConvolutionBehaviour)
  /// A fully connected layer; some are published with engines that nothing is connected to.
  case fullyConnected(
    FullyConnectedGeometry, FullyConnectedBehaviour, connectsElements: Bool, connectsWriter: Bool)
  /// A direct-coded first layer.
  case dense(DenseGeometry)
}
