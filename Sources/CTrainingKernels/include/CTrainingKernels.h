// The inner loops of convolutions, full connections and neurons, compiled for several generations of x86
// processors; the best one is chosen when the program is loaded.
//
// Every output is a sum over the same inputs in the same order on every processor and in every
// function: taps by row and column, then input channels. No multiplication is fused with an
// addition. So dense and event-driven functions give the same bits, and which one runs is a question
// of speed alone.
//
// Frames are channels-last. Weights are packed: `[block of outputs][tap][input channel][output]`,
// `blockWidth` outputs a block (16, 32 or 64), zeros behind the last; see ConnectionWeights.swift.

#ifndef CTRAININGKERNELS_H
#define CTRAININGKERNELS_H

#include <stdint.h>

/// The shape of one convolution with its packed weights.
typedef struct {
  int32_t inputChannels, inputHeight, inputWidth;
  int32_t outputChannels, outputHeight, outputWidth;
  int32_t kernelHeight, kernelWidth, stride, padding;
  int32_t blocks, blockWidth;
} lockstep_convolution;

/// Sixteen values of a row: how many events came before, and which of them are events.
typedef struct {
  int32_t count;
  uint32_t mask;
} lockstep_lanes;

/// Lists the values of `pixels` pixels that are not zero.
///
/// `starts[p]` becomes the number of events before pixel p (pixels + 1 entries); an event's code is
/// `column * channels + channel` with `width` columns a row. `codes` and `values` need room for every
/// value and 16 more, `lanes` for every sixteen values of a row and one more. Returns the number of
/// events; `*is_binary` becomes 0 if a value is neither 0 nor 1.
int32_t lockstep_list_events(
    const float *frame, int32_t pixels, int32_t width, int32_t channels, int32_t *starts,
    int32_t *codes, float *values, lockstep_lanes *lanes, int32_t *is_binary);

/// What a code stands for: a channel, and a place within a row of gradients.
typedef struct {
  int32_t channel, place;
} lockstep_code_place;

/// Sorts listed events by channel, in the order of rows and columns.
///
/// `row_place` is the distance of two rows of gradients; `ends[c]` becomes the number of events of
/// channels 0 ... c.
void lockstep_sort_events(
    const int32_t *starts, const int32_t *codes, const float *values, int32_t height,
    int32_t width, int32_t channels, int32_t row_place, const lockstep_code_place *code_places,
    int32_t *ends, int32_t *places, float *placed_values);

/// One frame's `output = bias + weights * input` from its events; all values 1 if `values` is null.
void lockstep_gather(
    const lockstep_convolution *shape, const int32_t *starts, const int32_t *codes,
    const float *values, const float *weights, const float *bias, float *output);

/// The same from a frame that is padded with `padding` pixels on every side; `bias` may be null.
void lockstep_dense(
    const lockstep_convolution *shape, const float *padded, const float *weights,
    const float *bias, float *output);

/// Adds `values[e] * rows[place + tap offset]` to the weight gradient of every tap.
///
/// `places` are element offsets into `rows` of the events of one input channel, `taps` the offsets of
/// the taps from there, in elements; the gradient's rows lie `gradient_stride` elements apart. All
/// values are 1 if `values` is null.
void lockstep_add_rows(
    const int32_t *places, const float *values, int32_t events, const float *rows,
    const int32_t *taps, int32_t tap_count, int32_t outputs, float *gradient,
    int64_t gradient_stride);

/// The recurrence of neurons with hard spikes and a delayed reset that carries no gradient.
typedef struct {
  float decay, gain, threshold;
  /// 0: subtracts the threshold; 1: forgets the membrane; 2: forgets membrane and input; 3: nothing.
  int32_t reset;
} lockstep_neuron;

/// A derivative of spikes: 0 fast sigmoid, 1 arctangent, 2 triangle, 3 straight through; the first
/// number is slope, stretch (pi alpha / 2) or slope, the second the arctangent's peak.
typedef struct {
  int32_t kind;
  float scale, peak;
} lockstep_surrogate;

/// Turns currents `[step][neuron]` into membranes, in place, and writes spikes; returns their number.
int64_t lockstep_neurons_forward(
    const lockstep_neuron *neuron, int32_t steps, int64_t neurons, float *membranes,
    float *spikes);

/// The same for neurons whose spikes are pooled 2x2 with an OR: writes the pooled spikes alone.
///
/// Frames are channels-last, `channels` a multiple of 16, `height` and `width` those of the neurons.
int64_t lockstep_pooled_neurons_forward(
    const lockstep_neuron *neuron, int32_t steps, int32_t height, int32_t width, int32_t channels,
    float *membranes, float *pooled);

/// From dL/d(spikes) `[step][neuron]` to dL/d(currents), in place.
void lockstep_neurons_backward(
    const lockstep_neuron *neuron, const lockstep_surrogate *surrogate, int32_t steps,
    int64_t neurons, const float *membranes, float *gradients);

/// The same for neurons whose spikes are pooled 2x2 with an OR: reads dL/d(pooled spikes), which
/// belongs to the first spike of a window or, without any, to its first neuron.
///
/// Frames are channels-last, `channels` a multiple of 16, `height` and `width` those of the neurons;
/// `carries` is scratch memory of two rows of neurons.
void lockstep_pooled_neurons_backward(
    const lockstep_neuron *neuron, const lockstep_surrogate *surrogate, int32_t steps,
    int32_t height, int32_t width, int32_t channels, const float *membranes, const float *pooled,
    float *carries, float *gradients);

/// The largest of every 2x2 window of a channels-last frame.
void lockstep_pool(
    const float *input, int32_t height, int32_t width, int32_t channels, float *output);

#endif
