// One step of sixteen neurons, forward and back. Rows go by pointer: as arguments they would change the
// calling convention from one processor to another.

#ifndef LOCKSTEP_NEURON_STEPS_H
#define LOCKSTEP_NEURON_STEPS_H

#include "CTrainingKernels.h"
#include "Rows.h"

enum { subtract, forget_membrane, forget_update, no_reset };
enum { fast_sigmoid, arctangent, triangle, straight_through };

// One step forward: from the membrane before to that of this step.
INLINE void update(
    const lockstep_neuron *neuron, row16 *membrane, const row16 *current, const int reset) {
  const row16 zero = {0}, before = *membrane;
  const bits16 spiked = before > neuron->threshold;
  const row16 input = neuron->gain * *current;
  switch (reset) {
  case subtract:
    *membrane =
        neuron->decay * before + input - CHOOSE(spiked, zero + neuron->threshold, zero);
    break;
  case forget_membrane:
    *membrane = neuron->decay * CHOOSE(spiked, zero, before) + input;
    break;
  case forget_update:
    *membrane = CHOOSE(spiked, zero, neuron->decay * before + input);
    break;
  default: *membrane = neuron->decay * before + input;
  }
}

// Multiplies a gradient with the derivative of the spike at x.
INLINE void through_spike(
    const lockstep_surrogate *surrogate, row16 *gradient, const row16 *x, const int kind) {
  switch (kind) {
  case fast_sigmoid: {
    const row16 root = 1 + surrogate->scale * MAGNITUDE(*x);
    *gradient = *gradient / (root * root);
    break;
  }
  case arctangent: {
    const row16 scaled = surrogate->scale * *x;
    *gradient = *gradient * (surrogate->peak / (1 + scaled * scaled));
    break;
  }
  case triangle: {
    const row16 height = 1 - surrogate->scale * MAGNITUDE(*x);
    *gradient = *gradient * CHOOSE(height > 0, height, (row16){0});
    break;
  }
  default: break;
  }
}

// One step back: turns dL/d(spikes) into dL/d(current) and leaves in `carry` what goes on to the step
// before.
INLINE void back(
    const lockstep_neuron *neuron, const lockstep_surrogate *surrogate, row16 *gradient,
    const row16 *membrane, const row16 *before, row16 *carry, const int kind) {
  const row16 zero = {0}, x = *membrane - neuron->threshold;
  const bits16 spiked = *before > neuron->threshold;
  through_spike(surrogate, gradient, &x, kind);
  row16 total = *gradient + *carry;
  if (neuron->reset == forget_update) total = CHOOSE(spiked, zero, total);
  *carry = neuron->decay * total;
  if (neuron->reset == forget_membrane) *carry = CHOOSE(spiked, zero, *carry);
  *gradient = neuron->gain * total;
}

#endif
