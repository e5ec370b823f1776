#include "render/mix_curve.h"

#include <math.h>

double
mix_curve(double x)
{
	return x <= 0 ? 0 : x >= 1 ? 1 : 0.5 - 0.5 * cos(M_PI * x);
}
