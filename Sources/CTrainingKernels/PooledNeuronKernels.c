#include "CTrainingKernels.h"
#include "NeuronSteps.h"

// Neurons whose spikes are pooled 2x2, two rows of them at a time.

INLINE int64_t pooled_forward(
    const lockstep_neuron *neuron, int32_t steps, int32_t height, int32_t width, int32_t channels,
    float *membranes, float *pooled, const int reset) {
  const row16 zero = {0}, one = zero + 1;
  const int64_t frame = (int64_t)height * width * channels;
  const int64_t pooled_frame = (int64_t)(height / 2) * (width / 2) * channels;
  const int64_t line = (int64_t)width * channels;
  int64_t count = 0;
  for (int32_t y = 0; y < height; y += 2) {
    for (int32_t step = 0; step < steps; step++) {
      bits16 counts = {0};
      float *target = pooled + step * pooled_frame + (int64_t)(y / 2) * (width / 2) * channels;
      for (int32_t x = 0; x < width; x += 2) {
        const int32_t rows = y + 1 < height ? 2 : 1, columns = x + 1 < width ? 2 : 1;
        for (int32_t channel = 0; channel < channels; channel += 16) {
          bits16 any = {0};
          for (int32_t member = 0; member < rows * columns; member++) {
            float *block = membranes + step * frame + (y + member / columns) * line
                           + (int64_t)(x + member % columns) * channels + channel;
            row16 membrane = step == 0 ? zero : *(row16 *)(block - frame);
            update(neuron, &membrane, (row16 *)block, reset);
            *(row16 *)block = membrane;
            const bits16 fires = membrane > neuron->threshold;
            counts -= fires;
            any |= fires;
          }
          // Rows and columns that fill no window fire, but nobody hears them.
          if (rows * columns == 4) {
            *(row16 *)(target + (int64_t)(x / 2) * channels + channel) = CHOOSE(any, one, zero);
          }
        }
      }
      for (int lane = 0; lane < 16; lane++) count += counts[lane];
    }
  }
  return count;
}

FOR_EVERY_PROCESSOR
int64_t lockstep_pooled_neurons_forward(
    const lockstep_neuron *neuron, int32_t steps, int32_t height, int32_t width, int32_t channels,
    float *membranes, float *pooled) {
  switch (neuron->reset) {
  case subtract:
    return pooled_forward(neuron, steps, height, width, channels, membranes, pooled, subtract);
  case forget_membrane:
    return pooled_forward(
        neuron, steps, height, width, channels, membranes, pooled, forget_membrane);
  case forget_update:
    return pooled_forward(
        neuron, steps, height, width, channels, membranes, pooled, forget_update);
  default:
    return pooled_forward(neuron, steps, height, width, channels, membranes, pooled, no_reset);
  }
}

INLINE void pooled_backward(
    const lockstep_neuron *neuron, const lockstep_surrogate *surrogate, int32_t steps,
    int32_t height, int32_t width, int32_t channels, const float *membranes, const float *pooled,
    float *carries, float *gradients, const int kind) {
  const row16 zero = {0};
  const int64_t frame = (int64_t)height * width * channels;
  const int64_t pooled_frame = (int64_t)(height / 2) * (width / 2) * channels;
  const int64_t line = (int64_t)width * channels;
  const int64_t offsets[4] = {0, channels, line, line + channels};
  // Two rows of neurons through all steps, last to first: what one step hands to the one before
  // waits in `carries`.
  for (int32_t y = 0; y < height / 2; y++) {
    memset(carries, 0, (size_t)(2 * line) * sizeof(float));
    for (int32_t step = steps - 1; step >= 0; step--) {
      float *carry = carries;
      const float *source = pooled + step * pooled_frame + (int64_t)y * (width / 2) * channels;
      for (int32_t x = 0; x < width / 2; x++) {
        for (int32_t channel = 0; channel < channels; channel += 16) {
          const int64_t place =
              step * frame + 2 * y * line + 2 * (int64_t)x * channels + channel;
          const row16 gradient = *(const row16 *)source;
          source += 16;
          row16 membrane[4];
          bits16 fires[4];
          for (int member = 0; member < 4; member++) {
            membrane[member] = *(const row16 *)(membranes + place + offsets[member]);
            fires[member] = membrane[member] > neuron->threshold;
          }
          const bits16 later = fires[1] | fires[2] | fires[3];
          bits16 taken = {0};
          for (int member = 0; member < 4; member++) {
            const bits16 wins = member == 0 ? fires[0] | ~later : fires[member] & ~taken;
            taken |= wins;
            const row16 before =
                step == 0 ? zero : *(const row16 *)(membranes + place + offsets[member] - frame);
            row16 result = CHOOSE(wins, gradient, zero);
            back(
                neuron, surrogate, &result, &membrane[member], &before, (row16 *)carry, kind);
            *(row16 *)(gradients + place + offsets[member]) = result;
            carry += 16;
          }
        }
      }
    }
  }
  // Rows and columns that fill no window.
  for (int32_t step = 0; step < steps; step++) {
    float *target = gradients + step * frame;
    if (height % 2 == 1) memset(target + (height - 1) * line, 0, (size_t)line * 4);
    for (int32_t y = 0; width % 2 == 1 && y < height; y++) {
      memset(target + (y + 1) * line - channels, 0, (size_t)channels * 4);
    }
  }
}

FOR_EVERY_PROCESSOR
void lockstep_pooled_neurons_backward(
    const lockstep_neuron *neuron, const lockstep_surrogate *surrogate, int32_t steps,
    int32_t height, int32_t width, int32_t channels, const float *membranes, const float *pooled,
    float *carries, float *gradients) {
  switch (surrogate->kind) {
  case fast_sigmoid:
    pooled_backward(
        neuron, surrogate, steps, height, width, channels, membranes, pooled, carries, gradients,
        fast_sigmoid);
    break;
  case arctangent:
    pooled_backward(
        neuron, surrogate, steps, height, width, channels, membranes, pooled, carries, gradients,
        arctangent);
    break;
  case triangle:
    pooled_backward(
        neuron, surrogate, steps, height, width, channels, membranes, pooled, carries, gradients, triangle);
    break;
  default:
    pooled_backward(
        neuron, surrogate, steps, height, width, channels, membranes, pooled, carries, gradients,
        straight_through);
  }
}

FOR_EVERY_PROCESSOR
void lockstep_pool(
    const float *input, int32_t height, int32_t width, int32_t channels, float *output) {
  const int64_t line = (int64_t)width * channels;
  for (int32_t y = 0; y < height / 2; y++) {
    for (int32_t x = 0; x < width / 2; x++) {
      const float *corner = input + 2 * y * line + 2 * (int64_t)x * channels;
      for (int32_t channel = 0; channel < channels; channel++) {
        const float *member = corner + channel;
        const float top = member[channels] > member[0] ? member[channels] : member[0];
        const float bottom = member[line + channels] > member[line] ? member[line + channels]
                                                                    : member[line];
        *output++ = bottom > top ? bottom : top;
      }
    }
  }
}
