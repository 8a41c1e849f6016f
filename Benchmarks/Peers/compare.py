"""Runs our engine and its peers in turns on the same weights and batches, and prints one table.

Usage: compare.py BENCHMARK FOLDER [--rounds N] [--steps N] [--only TEXT]

BENCHMARK is the built TrainingBenchmark; FOLDER keeps weights and batches. Every measurement is a process of its own,
so that its peak memory is its own; the turns spread what else the machine does over all. CPU time of all threads is
compared, because other programs stretch wall time.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
MEASUREMENTS = [
    ("conv-spikes-T10", "train", 1), ("mlp-spikes-T25", "train", 1),
    ("conv-spikes-T10", "infer", 1), ("conv-spikes-T10", "train", 2),
    ("conv-direct-T10", "train", 1), ("mlp-spikes-T25", "infer", 1),
    ("conv-spikes-T25", "train", 1), ("conv-spikes-T5", "train", 1),
    ("mlp-spikes-T25", "train", 2), ("conv-direct-T10", "infer", 1),
    ("conv-direct-T5", "train", 1), ("conv-direct-T25", "train", 1),
    ("conv-spikes-T10", "infer", 2)]
# At least so many times as fast: (snnTorch, best PyTorch).
BARS = {("conv-spikes", "train"): (4, 2), ("mlp-spikes", "train"): (2, None),
        ("conv-spikes", "infer"): (5, None), ("conv-direct", "infer"): (5, None),
        ("mlp-spikes", "infer"): (5, None)}
# The pages that PyTorch frees and takes again cost it a factor of two and more: it may keep them.
TUNED = dict(MALLOC_MMAP_MAX_="0", MALLOC_TRIM_THRESHOLD_="100000000000",
             MALLOC_TOP_PAD_="1000000000")


def run(command, threads, tuned):
    environment = dict(os.environ, OMP_NUM_THREADS=str(threads))
    if tuned:
        environment.update(TUNED)
    done = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"error: {' '.join(command)} failed:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def merge(results):
    cpu = [time for result in results for time in result["cpu"]]
    wall = [time for result in results for time in result["wall"]]
    return dict(results[0], fastest=min(cpu), median=statistics.median(cpu), wall=min(wall),
                peak=max(result["peakMegabytes"] for result in results))


def verdict(ratio, bar):
    if bar is None:
        return f"{ratio:.2f}"
    return f"{ratio:.2f} {'>=' if ratio >= bar else 'MISSES'} {bar}"


def processor():
    with open("/proc/cpuinfo") as file:
        for line in file:
            if line.startswith("model name"):
                return line.split(":")[1].strip()
    return "unknown processor"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("benchmark")
    parser.add_argument("folder")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--steps", type=int, default=4)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    print(f"{processor()}, {os.cpu_count()} processors, load average {os.getloadavg()[0]:.1f}; "
          "batch 128; CPU milliseconds, all threads", flush=True)
    print(f"{'workload':16} {'mode':5} {'thr':>3} | {'ours min':>8} {'median':>7} {'MB':>5} | "
          f"{'snnTorch':>8} {'median':>7} {'MB':>5} {'ratio':>12} | "
          f"{'PyTorch':>8} {'median':>7} {'MB':>5} {'ratio':>12} | memory | input, spikes a step [%]",
          flush=True)
    for name, mode, threads in MEASUREMENTS:
        if options.only not in f"{name} {mode} {threads}":
            continue
        ours, snntorch, pytorch = [], [], []
        steps = options.steps * (1 if mode == "train" else 2)
        for _ in range(options.rounds):
            tail = [options.folder, name, mode, str(threads)]
            ours.append(run([options.benchmark, "measure"] + tail + [str(2 * steps)], threads, False))
            for results, script in ((snntorch, "snntorch_peer.py"), (pytorch, "pytorch_peer.py")):
                results.append(run(
                    [sys.executable, os.path.join(HERE, script)] + tail + [str(steps)],
                    threads, True))
        a, b, c = merge(ours), merge(snntorch), merge(pytorch)
        for other in (b, c):
            if abs(other["outputRate"] - a["rates"][-1]) > 1e-4:
                print(f"note: the output spikes differ: {a['rates'][-1]}, {other['outputRate']}")
        bars = BARS.get((name.rsplit("-", 1)[0], mode), (None, None))
        rates = " / ".join(f"{100 * rate:.1f}" for rate in a["rates"])
        if len(a["rates"]) == 1:
            rates = f"output {rates}"
        print(f"{name:16} {mode:5} {threads:3} | {a['fastest']:8.0f} {a['median']:7.0f} {a['peak']:5.0f} | "
              f"{b['fastest']:8.0f} {b['median']:7.0f} {b['peak']:5.0f} "
              f"{verdict(b['fastest'] / a['fastest'], bars[0]):>12} | "
              f"{c['fastest']:8.0f} {c['median']:7.0f} {c['peak']:5.0f} "
              f"{verdict(c['fastest'] / a['fastest'], bars[1]):>12} | "
              f"{a['peak'] / min(b['peak'], c['peak']):6.2f} | "
              f"{100 * a['inputDensity']:.0f}; {rates}", flush=True)


main()
