// Shuts the helper in before it looks at a single foreign byte. Called once, at the start of main.
#pragma once

namespace fangxin::drivers {

/// Built with AddressSanitizer, which reserves terabytes and reads /proc after a longjmp: then
/// there is a sandbox in name only.
#if defined(__SANITIZE_ADDRESS__)
inline constexpr bool sanitized = true;
#elif defined(__has_feature)
inline constexpr bool sanitized = __has_feature(address_sanitizer);
#else
inline constexpr bool sanitized = false;
#endif

/// From here on: memory, the socket to the parent, and the end. No files, no network, no programs,
/// 1 GiB. A forbidden call kills the process. False if the kernel refuses; then do not go on.
bool enter_sandbox();

}  // namespace fangxin::drivers
