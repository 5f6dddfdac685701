#include "drivers/transports/descriptor.hpp"
#include "drivers/transports/open_device.hpp"

#include <array>
#include <cerrno>
#include <climits>
#include <fcntl.h>
#include <linux/input.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace fangxin::drivers {

namespace {

constexpr std::size_t bits_of_long = sizeof(long) * CHAR_BIT;

bool has_bit(std::span<const unsigned long> bits, unsigned bit) {
    return ((bits[bit / bits_of_long] >> (bit % bits_of_long)) & 1UL) != 0;
}

/// A keyboard of any sort has Enter and the digits; a mouse, a power button and a jack have not.
bool sends_digits(int descriptor) {
    std::array<unsigned long, KEY_MAX / bits_of_long + 1> keys{};
    if (::ioctl(descriptor, EVIOCGBIT(EV_KEY, sizeof keys), keys.data()) < 0) return false;
    return has_bit(keys, KEY_ENTER) && has_bit(keys, KEY_1) && has_bit(keys, KEY_0);
}

}  // namespace

Result<std::unique_ptr<Transport>> open_input(const std::string& path, std::string identity) {
    Descriptor node(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    if (node.get() < 0) return open_error(path, errno);
    if (!sends_digits(node.get())) return failure("wrong_device", path + " sends no digits");
    if (::ioctl(node.get(), EVIOCGRAB, 1) != 0) return open_error(path, errno);
    return std::make_unique<DescriptorTransport>(std::move(node), std::move(identity));
}

}  // namespace fangxin::drivers
