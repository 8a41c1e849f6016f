// One training step (forward, loss, backward, Adam) and inference of trained networks.
//
//   TrainingBenchmark                              our own table
//   TrainingBenchmark prepare FOLDER               trains, and writes weights and batches
//   TrainingBenchmark measure FOLDER NAME MODE THREADS RUNS
//                                                  one measurement, as a line of JSON
//
// scripts/bench training --peers runs the last two in turns with the peers (Benchmarks/Peers).

import Foundation

let arguments = CommandLine.arguments.dropFirst()
switch (arguments.first, arguments.count) {
case ("prepare", 2):
  try PreparedData(folder: URL(fileURLWithPath: arguments.last ?? "")).prepare()
case ("measure", 6):
  try Measure(Array(arguments.dropFirst())).run()
default:
  fatalError("see main.swift")
}
