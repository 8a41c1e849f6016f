#include "CTrainingKernels.h"

static int32_t generation = -1, newest = 2;

static int32_t found(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  const int has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")
                       && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
  const int has_avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
                         && __builtin_cpu_supports("avx512dq")
                         && __builtin_cpu_supports("avx512vl");
  return has_avx2 ? 1 + has_avx512 : 0;
#else
  return 0;
#endif
}

int32_t lockstep_generation(void) {
  // Several threads may find out at the same time, all the same.
  int32_t known = __atomic_load_n(&generation, __ATOMIC_RELAXED);
  if (known < 0) {
    const int32_t best = found();
    known = best < newest ? best : newest;
    __atomic_store_n(&generation, known, __ATOMIC_RELAXED);
  }
  return known;
}

void lockstep_limit_generation(int32_t limit) {
  newest = limit;
  __atomic_store_n(&generation, -1, __ATOMIC_RELAXED);
}
