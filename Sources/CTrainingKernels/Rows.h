// What the kernels share: rows of sixteen floats, and compilation for several processors.

#ifndef LOCKSTEP_ROWS_H
#define LOCKSTEP_ROWS_H

#include <stdint.h>
#include <string.h>

// The compiler must not choose what is fused: MULTIPLY_ADD says it, and is exact everywhere.
#pragma STDC FP_CONTRACT OFF

#include "CTrainingKernels.h"

// Defines a function for several generations of processors from the body `name_body`, and `name`, which
// calls that of the processor at hand. (Not target_clones, because tests must reach all of them.)
#if defined(__x86_64__)
#define AVX2 "avx2,fma,bmi,bmi2,lzcnt,popcnt"
#define AVX512 "avx512f,avx512bw,avx512dq,avx512vl," AVX2
#define FOR_EVERY_PROCESSOR(result, name, parameters, arguments)                                    \
  __attribute__((target(AVX512))) static result name##_avx512 parameters {                          \
    return name##_body arguments;                                                                   \
  }                                                                                                 \
  __attribute__((target(AVX2))) static result name##_avx2 parameters {                              \
    return name##_body arguments;                                                                   \
  }                                                                                                 \
  static result name##_plain parameters { return name##_body arguments; }                           \
  result name parameters {                                                                          \
    switch (lockstep_generation()) {                                                                \
    case 2: return name##_avx512 arguments;                                                         \
    case 1: return name##_avx2 arguments;                                                           \
    default: return name##_plain arguments;                                                         \
    }                                                                                               \
  }
#else
#define FOR_EVERY_PROCESSOR(result, name, parameters, arguments) \
  result name parameters { return name##_body arguments; }
#endif

#define INLINE static inline __attribute__((always_inline))

// Sixteen floats: one, two or four registers.
typedef float row16 __attribute__((vector_size(64), aligned(4)));
typedef int32_t bits16 __attribute__((vector_size(64), aligned(4)));

// Macros, because rows as arguments would change the calling convention from one processor to another.

typedef _Bool mask16 __attribute__((ext_vector_type(16)));

// The lanes of a comparison as the bits of a number.
#define LANES(comparison)                                             \
  ({                                                                  \
    const mask16 mask_ = __builtin_convertvector(comparison, mask16); \
    uint16_t bits_;                                                   \
    memcpy(&bits_, &mask_, sizeof bits_);                             \
    (uint32_t) bits_;                                                 \
  })

// The comparison whose lanes are the bits of a number.
#define EVERY_LANE(bits)                                                                           \
  ((((bits16){0} + (int32_t)(bits))                                                                \
    & (bits16){1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768})       \
   != 0)

// `comparison ? yes : no`, lane by lane.
#define CHOOSE(comparison, yes, no)                                             \
  ({                                                                            \
    const bits16 chosen_ = (comparison);                                        \
    (row16)((chosen_ & (bits16)(yes)) | (~chosen_ & (bits16)(no)));             \
  })

// `a * b + c` rounded once. Processors without such an instruction call the C library: slow, same bits.
#define MULTIPLY_ADD(a, b, c) __builtin_elementwise_fma((row16)(a), (row16)(b), (row16)(c))

// Sixteen equal values.
#define EVERY(value)                                                                               \
  ({                                                                                               \
    const float one_ = (value);                                                                    \
    (row16){one_, one_, one_, one_, one_, one_, one_, one_,                                        \
            one_, one_, one_, one_, one_, one_, one_, one_};                                       \
  })

// The absolute value.
#define MAGNITUDE(value) ((row16)((bits16)(value) & 0x7FFFFFFF))

#endif
