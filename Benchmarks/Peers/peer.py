"""What the peers share: prepared weights and batches, and the measurement.

Usage of a peer: PEER.py FOLDER WORKLOAD MODE THREADS RUNS
FOLDER was written by `TrainingBenchmark prepare`; MODE is train or infer. Prints one line of JSON with the same
keys as `TrainingBenchmark measure`.
"""
import json
import os
import resource
import sys
import time

import numpy
import torch

BETA, THRESHOLD, SLOPE = 0.25, 1.0, 25.0
BATCH = 128


class Workload:
    """The command line, and the files that it names."""

    def __init__(self):
        self.folder, self.name, self.mode, threads, runs = sys.argv[1:6]
        self.threads, self.runs = int(threads), int(runs)
        torch.set_num_threads(self.threads)
        torch.manual_seed(0)
        family, coding, steps = self.name.split("-")
        self.is_convolutional = family == "conv"
        self.is_direct = coding == "direct"
        self.steps = int(steps[1:])
        self.family = f"{family}-{coding}"
        self.frame = (3, 32, 32) if self.is_convolutional else (784,)

    def inputs(self):
        """Spikes [step, sample, ...], or the images alone for direct coding."""
        path = os.path.join(self.folder, self.name + ".input")
        if self.is_direct:
            values = numpy.fromfile(path, dtype="<f4").reshape((BATCH,) + self.frame)
        else:
            values = numpy.fromfile(path, dtype=numpy.uint8)
            values = values.reshape((self.steps, BATCH) + self.frame).astype(numpy.float32)
        return torch.from_numpy(values)

    def labels(self):
        path = os.path.join(self.folder, self.name + ".labels")
        return torch.from_numpy(numpy.fromfile(path, dtype=numpy.uint8).astype(numpy.int64))

    def weights(self):
        """Tensors by name, from the safetensors file."""
        with open(os.path.join(self.folder, self.family + ".safetensors"), "rb") as file:
            header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
            data = file.read()
        tensors = {}
        for name, entry in header.items():
            if name == "__metadata__":
                continue
            start, end = entry["data_offsets"]
            values = numpy.frombuffer(data[start:end], dtype="<f4").reshape(entry["shape"])
            tensors[name] = torch.from_numpy(values.copy())
        return tensors

    def load(self, network):
        """Copies the weights into a network with layers of the same names."""
        with torch.no_grad():
            for name, tensor in self.weights().items():
                layer, kind = name.split(".")
                getattr(getattr(network, layer), kind).copy_(tensor)


def processor_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def measure(workload, step, rate):
    """Two unmeasured runs (the first compiles), then the measured ones."""
    output = step()
    step()
    result = dict(
        name=workload.name, mode=workload.mode, threads=workload.threads, cpu=[], wall=[],
        outputRate=rate(output), torch=torch.__version__)
    for _ in range(workload.runs):
        cpu, wall = processor_seconds(), time.perf_counter()
        step()
        result["wall"].append((time.perf_counter() - wall) * 1e3)
        result["cpu"].append((processor_seconds() - cpu) * 1e3)
    result["peakMegabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(result), flush=True)
