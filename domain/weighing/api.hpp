// What the legal library lets others call; all else in it is hidden. Any thread.
#pragma once

#define FANGXIN_WEIGHING_API __attribute__((visibility("default")))
