/// One sample as a data set has it.
public enum Sample: Hashable, Sendable {
  /// The values of an image, `[channel][row][column]`, from 0 to 1.
  case image([Float])
}
