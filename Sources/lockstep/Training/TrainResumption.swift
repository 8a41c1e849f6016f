import ArgumentParser
import Foundation
import Training

/// An unfinished training that a user wants to go on with.
struct TrainResumption {
  let file: CheckpointFile
  let checkpoint: TrainingCheckpoint
  /// What was wrong with the newest checkpoint, if an older one is used.
  let notice: String?

  /// Finds and reads a checkpoint.
  ///
  /// - Parameter path: the checkpoint, or a folder with one.
  init(path: String) throws {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    file = CheckpointFile(
      path: exists && isFolder.boolValue ? try Self.onlyCheckpoint(in: path) : path)
    (checkpoint, notice) = try file.read()
  }

  /// The command that began the training, with the options of this one after its own.
  func command(arguments: [String]) throws -> TrainCommand {
    var command = try TrainCommand.parse(checkpoint.arguments + arguments)
    command.running.output = (file.path as NSString).deletingLastPathComponent
    if command.running.output == "" { command.running.output = "." }
    command.running.resume = nil
    command.running.restart = false
    let expected = command.options.resolvedName + TrainFiles.checkpointSuffix
    guard (file.path as NSString).lastPathComponent == expected else {
      throw TrainingError(
        .checkpoint, "the checkpoint is of a training named \(command.options.resolvedName)",
        remedy: "name the file \(expected) and leave out --name", location: file.path)
    }
    return command
  }

  /// This process's arguments behind the subcommand.
  static var ownArguments: [String] {
    let arguments = CommandLine.arguments
    guard let place = arguments.firstIndex(of: "train") else { return [] }
    return Array(arguments[(place + 1)...])
  }

  private static func onlyCheckpoint(in folder: String) throws -> String {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    let found = Set(
      names.compactMap { name in
        [TrainFiles.checkpointSuffix, TrainFiles.checkpointSuffix + ".previous"].lazy
          .first { name.hasSuffix($0) }
          .map { name.dropLast($0.count) + TrainFiles.checkpointSuffix }
      })
    guard let name = found.first, found.count == 1 else {
      throw TrainingError(
        .checkpoint,
        found.isEmpty
          ? "the folder holds no unfinished training"
          : "the folder holds several unfinished trainings",
        remedy: found.isEmpty
          ? "give --resume a folder with a file NAME\(TrainFiles.checkpointSuffix)"
          : "give --resume one of \(found.sorted().joined(separator: ", "))", location: folder)
    }
    return (folder as NSString).appendingPathComponent(String(name))
  }
}
