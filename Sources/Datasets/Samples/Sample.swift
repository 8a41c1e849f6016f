/// One sample as a data set has it.
public enum Sample: Hashable, Sendable {
  /// The values of an image, `[channel][row][column]`, from 0 to 1.
  case image([Float])
  /// What an event sensor reported, in the order in which it did.
  case events([Event])
}

/// What the samples of a data set are.
public enum SampleKind: String, Hashable, Sendable {
  /// Pictures: a value for every pixel.
  case images
  /// Recordings of an event sensor.
  case events
}
