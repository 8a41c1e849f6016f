#include "CTrainingKernels.h"
#include "NeuronSteps.h"

// Neurons go through all steps sixteen at a time, so that a membrane stays in a register; the few that
// are left go one by one, in all lanes alike.
enum { tile = 1024 };

INLINE int64_t forward(
    const lockstep_neuron *neuron, int32_t steps, int64_t neurons, float *membranes,
    float *spikes, const int reset) {
  const row16 zero = {0}, one = zero + 1;
  int64_t count = 0;
  // A tile stays in the cache from one step to the next, and memory is read in long runs.
  int64_t place = 0;
  while (place + 16 <= neurons) {
    const int64_t end = place + tile < neurons ? place + tile : neurons;
    int64_t reached = place;
    for (int32_t step = 0; step < steps; step++) {
      float *block = membranes + step * neurons;
      bits16 counts = {0};
      for (reached = place; reached + 16 <= end; reached += 16) {
        row16 membrane = step == 0 ? zero : *(row16 *)(block - neurons + reached);
        update(neuron, &membrane, (row16 *)(block + reached), reset);
        *(row16 *)(block + reached) = membrane;
        const bits16 fires = membrane > neuron->threshold;
        counts -= fires;
        *(row16 *)(spikes + step * neurons + reached) = CHOOSE(fires, one, zero);
      }
      for (int lane = 0; lane < 16; lane++) count += counts[lane];
    }
    place = reached;
  }
  for (; place < neurons; place++) {
    row16 membrane = zero;
    for (int32_t step = 0; step < steps; step++) {
      float *value = membranes + step * neurons + place;
      const row16 current = zero + *value;
      update(neuron, &membrane, &current, reset);
      *value = membrane[0];
      const int fires = membrane[0] > neuron->threshold;
      count += fires;
      spikes[step * neurons + place] = (float)fires;
    }
  }
  return count;
}

INLINE int64_t lockstep_neurons_forward_body(
    const lockstep_neuron *neuron, int32_t steps, int64_t neurons, float *membranes,
    float *spikes) {
  switch (neuron->reset) {
  case subtract: return forward(neuron, steps, neurons, membranes, spikes, subtract);
  case forget_membrane:
    return forward(neuron, steps, neurons, membranes, spikes, forget_membrane);
  case forget_update: return forward(neuron, steps, neurons, membranes, spikes, forget_update);
  default: return forward(neuron, steps, neurons, membranes, spikes, no_reset);
  }
}

FOR_EVERY_PROCESSOR(
    int64_t, lockstep_neurons_forward,
    (
    const lockstep_neuron *neuron, int32_t steps, int64_t neurons, float *membranes,
    float *spikes),
    (neuron, steps, neurons, membranes, spikes))

INLINE void backward(
    const lockstep_neuron *neuron, const lockstep_surrogate *surrogate, int32_t steps,
    int64_t neurons, const float *membranes, float *gradients, const int kind) {
  const row16 zero = {0};
  int64_t place = 0;
  for (; place + 16 <= neurons; place += 16) {
    row16 carry = zero;
    for (int32_t step = steps - 1; step >= 0; step--) {
      const float *membrane = membranes + step * neurons + place;
      const row16 before = step == 0 ? zero : *(const row16 *)(membrane - neurons);
      float *gradient = gradients + step * neurons + place;
      back(
          neuron, surrogate, (row16 *)gradient, (const row16 *)membrane, &before, &carry, kind);
    }
  }
  for (; place < neurons; place++) {
    row16 carry = zero;
    for (int32_t step = steps - 1; step >= 0; step--) {
      const float *membrane = membranes + step * neurons + place;
      const row16 before = step == 0 ? zero : zero + membrane[-neurons];
      float *gradient = gradients + step * neurons + place;
      row16 result = zero + *gradient;
      const row16 value = zero + *membrane;
      back(neuron, surrogate, &result, &value, &before, &carry, kind);
      *gradient = result[0];
    }
  }
}

INLINE void lockstep_neurons_backward_body(
    const lockstep_neuron *neuron, const lockstep_surrogate *surrogate, int32_t steps,
    int64_t neurons, const float *membranes, float *gradients) {
  switch (surrogate->kind) {
  case fast_sigmoid:
    backward(neuron, surrogate, steps, neurons, membranes, gradients, fast_sigmoid);
    break;
  case arctangent:
    backward(neuron, surrogate, steps, neurons, membranes, gradients, arctangent);
    break;
  case triangle:
    backward(neuron, surrogate, steps, neurons, membranes, gradients, triangle);
    break;
  default:
    backward(neuron, surrogate, steps, neurons, membranes, gradients, straight_through);
  }
}

FOR_EVERY_PROCESSOR(
    void, lockstep_neurons_backward,
    (
    const lockstep_neuron *neuron, const lockstep_surrogate *surrogate, int32_t steps,
    int64_t neurons, const float *membranes, float *gradients),
    (neuron, surrogate, steps, neurons, membranes, gradients))
