"""snnTorch as its tutorials use it: a loop over the steps, every layer in turn."""
import snntorch
import torch
import torch.nn.functional as F
from snntorch import functional, surrogate

from peer import BETA, SLOPE, THRESHOLD, Workload, measure


def leaky():
    return snntorch.Leaky(
        beta=BETA, threshold=THRESHOLD, spike_grad=surrogate.fast_sigmoid(slope=SLOPE))


class Convolutional(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = torch.nn.Conv2d(3, 32, 3, padding=1)
        self.conv2 = torch.nn.Conv2d(32, 32, 3, padding=1)
        self.fc1 = torch.nn.Linear(2048, 256)
        self.fc2 = torch.nn.Linear(256, 10)
        self.neurons = torch.nn.ModuleList([leaky() for _ in range(4)])

    def forward(self, frames):
        membranes = [neuron.init_leaky() for neuron in self.neurons]
        outputs = []
        for frame in frames:
            x, membranes[0] = self.neurons[0](self.conv1(frame), membranes[0])
            x, membranes[1] = self.neurons[1](self.conv2(F.max_pool2d(x, 2)), membranes[1])
            x = F.max_pool2d(x, 2).flatten(1)
            x, membranes[2] = self.neurons[2](self.fc1(x), membranes[2])
            x, membranes[3] = self.neurons[3](self.fc2(x), membranes[3])
            outputs.append(x)
        return torch.stack(outputs)


class Perceptron(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = torch.nn.Linear(784, 500)
        self.fc2 = torch.nn.Linear(500, 500)
        self.fc3 = torch.nn.Linear(500, 10)
        self.neurons = torch.nn.ModuleList([leaky() for _ in range(3)])

    def forward(self, frames):
        layers = [self.fc1, self.fc2, self.fc3]
        membranes = [neuron.init_leaky() for neuron in self.neurons]
        outputs = []
        for x in frames:
            for index in range(3):
                x, membranes[index] = self.neurons[index](layers[index](x), membranes[index])
            outputs.append(x)
        return torch.stack(outputs)


workload = Workload()
network = Convolutional() if workload.is_convolutional else Perceptron()
workload.load(network)
optimiser = torch.optim.Adam(network.parameters(), lr=1e-3)
loss_function = functional.ce_count_loss()
labels = workload.labels()
frames = workload.inputs()
if workload.is_direct:
    frames = [frames] * workload.steps


def train():
    outputs = network(frames)
    loss = loss_function(outputs, labels)
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
    return outputs


def infer():
    with torch.no_grad():
        return network(frames)


measure(
    workload, train if workload.mode == "train" else infer, lambda output: output.mean().item())
