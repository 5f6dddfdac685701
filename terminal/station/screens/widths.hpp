// Which of its two layouts a shared screen takes.
#pragma once

namespace fangxin::terminal {

/// From this width on a screen is laid out as a till's, below it as a handheld's.
inline constexpr float wide_from = 900;

}  // namespace fangxin::terminal
