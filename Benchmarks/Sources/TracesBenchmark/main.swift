// Its first measurement is on its way; ExampleBenchmark shows the shape.
