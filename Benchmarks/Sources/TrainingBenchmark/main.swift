// One training step (forward, loss, backward, Adam) and inference of trained networks.
//
//   TrainingBenchmark                              where the time of the steps goes
//   TrainingBenchmark prepare FOLDER               trains, and writes weights and batches
//   TrainingBenchmark breakdown FOLDER NAME        where the time of one workload's step goes
//   TrainingBenchmark measure FOLDER NAME MODE THREADS RUNS
//                                                  one measurement, as a line of JSON
//
// scripts/bench training --peers runs the last three in turns with the peers (Benchmarks/Peers).

import Foundation

func breakDown(_ data: PreparedData, _ workloads: [Workload]) throws {
  let ceilings = Ceilings()
  for workload in workloads {
    try Breakdown(data: data, workload: workload, ceilings: ceilings).print()
  }
}

let arguments = CommandLine.arguments.dropFirst()
switch (arguments.first, arguments.count) {
case ("prepare", 2):
  try PreparedData(folder: URL(fileURLWithPath: arguments.last ?? "")).prepare()
case ("breakdown", 3):
  try breakDown(
    PreparedData(folder: URL(fileURLWithPath: Array(arguments)[1])),
    Workload.all.filter { $0.name == arguments.last })
case ("measure", 6):
  try Measure(Array(arguments.dropFirst())).run()
case (nil, 0):
  let data = PreparedData(folder: URL(fileURLWithPath: ".build/training-benchmark"))
  try data.prepare()
  try breakDown(data, Workload.all)
default:
  print("usage: see Benchmarks/Sources/TrainingBenchmark/main.swift")
  exit(64)
}
