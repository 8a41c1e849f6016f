"""The fastest PyTorch that we could write.

Time is folded into the batch for convolutions, full connections and pooling; neurons go through all steps in one
compiled function whose derivative is ours and keeps only membranes; frames are channels-last; with direct coding the
first convolution runs once a sample. The allocator is tuned by the environment (see compare.py).
"""
import torch
import torch.nn.functional as F
from snntorch import functional

from peer import BETA, SLOPE, THRESHOLD, Workload, measure

workload = Workload()
STEPS = workload.steps


def neurons_forward(currents, steps: int, beta: float, threshold: float):
    membrane = currents[0]
    spike = (membrane > threshold).to(currents.dtype)
    spikes, distances = [spike], [membrane - threshold]
    for step in range(1, steps):
        membrane = beta * membrane + currents[step] - spike * threshold
        spike = (membrane > threshold).to(currents.dtype)
        spikes.append(spike)
        distances.append(membrane - threshold)
    return torch.stack(spikes), torch.stack(distances)


def neurons_inference(currents, steps: int, beta: float, threshold: float):
    membrane = currents[0]
    spike = (membrane > threshold).to(currents.dtype)
    spikes = [spike]
    for step in range(1, steps):
        membrane = beta * membrane + currents[step] - spike * threshold
        spike = (membrane > threshold).to(currents.dtype)
        spikes.append(spike)
    return torch.stack(spikes)


def neurons_backward(gradient, distances, steps: int, beta: float, slope: float):
    carry = gradient[steps - 1] / (slope * distances[steps - 1].abs() + 1) ** 2
    gradients = [carry]
    for step in range(steps - 2, -1, -1):
        carry = gradient[step] / (slope * distances[step].abs() + 1) ** 2 + beta * carry
        gradients.append(carry)
    return torch.stack(gradients[::-1])


compiled_forward = torch.compile(neurons_forward, dynamic=False)
compiled_inference = torch.compile(neurons_inference, dynamic=False)
compiled_backward = torch.compile(neurons_backward, dynamic=False)


class Neurons(torch.autograd.Function):
    @staticmethod
    def forward(context, currents):
        spikes, distances = compiled_forward(currents, STEPS, BETA, THRESHOLD)
        context.save_for_backward(distances)
        return spikes

    @staticmethod
    def backward(context, gradient):
        (distances,) = context.saved_tensors
        return compiled_backward(gradient, distances, STEPS, BETA, SLOPE)


def emit(currents):
    if torch.is_grad_enabled():
        return Neurons.apply(currents)
    return compiled_inference(currents, STEPS, BETA, THRESHOLD)


def fire(h):
    """Neurons of frames [step * sample, ...] in any memory format."""
    is_last = h.dim() == 4 and h.is_contiguous(memory_format=torch.channels_last)
    view = h.permute(0, 2, 3, 1) if is_last else h
    spikes = emit(view.reshape(STEPS, -1)).reshape(view.shape)
    return spikes.permute(0, 3, 1, 2) if is_last else spikes


def fire_repeatedly(h):
    """Neurons that are given the same frame at every step."""
    samples, channels, height, width = h.shape
    view = h.permute(0, 2, 3, 1).reshape(1, -1).expand(STEPS, -1)
    return emit(view).reshape(STEPS * samples, height, width, channels).permute(0, 3, 1, 2)


class Convolutional(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = torch.nn.Conv2d(3, 32, 3, padding=1)
        self.conv2 = torch.nn.Conv2d(32, 32, 3, padding=1)
        self.fc1 = torch.nn.Linear(2048, 256)
        self.fc2 = torch.nn.Linear(256, 10)

    def forward(self, frames):
        fire_first = fire_repeatedly if workload.is_direct else fire
        x = F.max_pool2d(fire_first(self.conv1(frames)), 2)
        x = F.max_pool2d(fire(self.conv2(x)), 2)
        x = fire(self.fc1(x.flatten(1)))
        return fire(self.fc2(x)).view(STEPS, -1, 10)


class Perceptron(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = torch.nn.Linear(784, 500)
        self.fc2 = torch.nn.Linear(500, 500)
        self.fc3 = torch.nn.Linear(500, 10)

    def forward(self, x):
        for layer in [self.fc1, self.fc2, self.fc3]:
            x = fire(layer(x))
        return x.view(STEPS, -1, 10)


network = Convolutional() if workload.is_convolutional else Perceptron()
workload.load(network)
frames = workload.inputs()
if not workload.is_direct:
    frames = frames.flatten(0, 1)
if workload.is_convolutional:
    network = network.to(memory_format=torch.channels_last)
    frames = frames.contiguous(memory_format=torch.channels_last)
labels = workload.labels()
optimiser = torch.optim.Adam(network.parameters(), lr=1e-3)
loss_function = functional.ce_count_loss()


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
