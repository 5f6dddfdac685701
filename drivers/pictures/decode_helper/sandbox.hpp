// Shuts the helper in before it looks at a single foreign byte. Called once, at the start of main.
#pragma once

namespace fangxin::drivers {

/// From here on: memory, the socket to the parent, and the end. No files, no network, no programs,
/// 1 GiB. A forbidden call kills the process. False if the kernel refuses; then do not go on.
bool enter_sandbox();

}  // namespace fangxin::drivers
