#!/usr/bin/env python3
"""Lets Optuna search a sweep's space: which settings are accurate, and which are accurate and cheap?

Reads the space with `lockstep ask --space`, keeps one `lockstep tell` open, and asks it for two points
at a time: first with TPE for accuracy alone, then with NSGA-II for accuracy against energy. All points
are in the store, so that the same search, run again, costs nothing. docs/AskTell.md explains the
protocol; `lockstep` must be in PATH or built in this clone. Optuna is installed into .build/optuna
unless this Python has it.
"""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
UNAVAILABLE = 69  # as in sysexits.h


def with_optuna():
    """Imports Optuna; without it, starts again in a virtual environment that has it."""
    try:
        import optuna

        return optuna
    except ImportError:
        pass
    folder = ROOT / ".build" / "optuna"
    python = folder / "bin" / "python"
    if pathlib.Path(sys.prefix) == folder:
        sys.exit("error: Optuna does not work in .build/optuna; remove that folder and try again")
    if not (folder / "complete").exists():
        print("Installing Optuna into .build/optuna ...", file=sys.stderr)
        try:
            subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
            subprocess.run(
                [str(python), "-m", "pip", "install", "--quiet", "optuna>=4,<6"], check=True
            )
        except (OSError, subprocess.CalledProcessError):
            print("error: Optuna cannot be installed; 'pip install optuna' yourself", file=sys.stderr)
            sys.exit(UNAVAILABLE)
        (folder / "complete").touch()
    os.execv(python, [str(python), *sys.argv])


def program():
    """The built program."""
    built = ROOT / ".build" / "release" / "lockstep"
    path = shutil.which("lockstep") or (str(built) if built.exists() else None)
    return path or sys.exit("error: there is no 'lockstep'; run 'swift build -c release' first")


class Lockstep:
    """A process that measures points."""

    def __init__(self, sweep, store):
        self.process = subprocess.Popen(
            [program(), "tell", sweep, "--store", store, "--quiet"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def measure(self, points):
        """The answers to points, given by number; they may come in any order."""
        for number, options in points.items():
            print(json.dumps({"id": number, "options": options}), file=self.process.stdin)
        self.process.stdin.flush()
        answers = {}
        while len(answers) < len(points):
            line = self.process.stdout.readline()
            if not line:
                sys.exit(self.process.wait() or "error: lockstep ended early")
            answer = json.loads(line)
            if "error" in answer:
                sys.exit(f"error: {answer['error']}")
            answers[answer["id"]] = answer
        return answers

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def distributions(optuna, space):
    """The space in Optuna's words."""
    kinds = {}
    for axis in space["axes"]:
        if axis["type"] == "choice":
            kind = optuna.distributions.CategoricalDistribution(axis["values"])
        elif axis["type"] == "integer":
            kind = optuna.distributions.IntDistribution(
                int(axis["from"]), int(axis["to"]), step=int(axis["step"])
            )
        else:
            kind = optuna.distributions.FloatDistribution(
                axis["from"], axis["to"], log=axis["log"], step=axis.get("step")
            )
        kinds[axis["name"]] = kind
    return kinds


def search(optuna, lockstep, space, sampler, objectives, trials, at_once):
    """Runs one study; its objectives are measures by name."""
    better = {measure["name"]: measure["better"] for measure in space["measures"]}
    study = optuna.create_study(
        sampler=sampler,
        directions=["maximize" if better[name] == "higher" else "minimize" for name in objectives],
    )
    kinds = distributions(optuna, space)
    found = 0
    while len(study.trials) < trials:
        count = min(at_once, trials - len(study.trials))
        asked = {trial.number: trial for trial in (study.ask(kinds) for _ in range(count))}
        answers = lockstep.measure({number: trial.params for number, trial in asked.items()})
        # In the order of the questions, so that the search does not depend on who ends first.
        for number, trial in asked.items():
            answer = answers[number]
            found += answer["source"] == "found"
            if "failure" in answer:
                study.tell(trial, state=optuna.trial.TrialState.FAIL)
            else:
                study.tell(trial, [answer[name] for name in objectives])
    return study, found


def show(study, objectives, found):
    """Prints the trials that no other is better than."""
    print(f"  {len(study.trials)} points, {found} of which were in the store; the best:")
    for trial in sorted(study.best_trials, key=lambda trial: trial.values):
        values = ", ".join(f"{name} {value:.4g}" for name, value in zip(objectives, trial.values))
        options = ", ".join(f"{name} {value:.4g}" if isinstance(value, float) else f"{name} {value}"
                            for name, value in trial.params.items())
        print(f"    {values}  with  {options}")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sweep", default=str(ROOT / "sweeps" / "digits-search.yaml"))
    parser.add_argument("--store", default="optuna.sqlite", help="where points are kept")
    parser.add_argument("--trials", type=int, default=20, help="points of each of the two searches")
    parser.add_argument("--at-once", type=int, default=2, help="points asked for at the same time")
    parser.add_argument("--seed", type=int, default=1, help="equal seeds search alike")
    arguments = parser.parse_args()
    if arguments.trials < 1 or arguments.at_once < 1:
        parser.error("--trials and --at-once count from 1")
    optuna = with_optuna()
    optuna.logging.set_verbosity(optuna.logging.WARNING)

    described = subprocess.run(
        [program(), "ask", arguments.sweep, "--space"], check=True, capture_output=True, text=True
    )
    space = json.loads(described.stdout)
    lockstep = Lockstep(arguments.sweep, arguments.store)
    studies = [
        (
            "TPE, for accuracy",
            optuna.samplers.TPESampler(seed=arguments.seed, n_startup_trials=8),
            ["accuracy"],
        ),
        (
            "NSGA-II, for accuracy against energy",
            optuna.samplers.NSGAIISampler(seed=arguments.seed, population_size=8),
            ["accuracy", "joulesPerImage"],
        ),
    ]
    for title, sampler, objectives in studies:
        print(title)
        study, found = search(
            optuna, lockstep, space, sampler, objectives, arguments.trials, arguments.at_once
        )
        show(study, objectives, found)
    lockstep.close()
    print(f"All points: lockstep results list {arguments.store} --where true")


if __name__ == "__main__":
    main()
