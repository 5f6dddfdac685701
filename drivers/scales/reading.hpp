// What a scale's parser gives: the legal library's reading, under the drivers' own names. Any
// thread.
#pragma once

#include "domain/weighing/reading.hpp"

namespace fangxin::drivers {

using weighing::CurrentReading;
using weighing::LatestReading;
using weighing::NoScale;
using weighing::Reading;
using weighing::ScaleState;
using weighing::SilentScale;

}  // namespace fangxin::drivers
