// A transport over a file descriptor: serial lines, sockets, input devices, hidraw nodes, pipes.
// One thread.
#pragma once

#include "drivers/transports/transport.hpp"

#include <string>
#include <string_view>

namespace fangxin::drivers {

class Descriptor {
  public:
    explicit Descriptor(int value = -1) : value_(value) {}
    Descriptor(Descriptor&& other) noexcept;
    Descriptor& operator=(Descriptor&& other) noexcept;
    ~Descriptor();

    int get() const { return value_; }
    void close();

  private:
    int value_;
};

/// `not_found`, `no_permission`, `busy` or `open_failed`, by an errno of open().
tl::unexpected<Error> open_error(std::string_view what, int error);

class DescriptorTransport : public Transport {
  public:
    /// `descriptor` must not block.
    DescriptorTransport(Descriptor descriptor, std::string identity)
        : descriptor_(std::move(descriptor)), identity_(std::move(identity)) {}

    Result<std::size_t> read(std::span<std::byte> into, int timeout_ms,
                             const Interrupt* interrupt = nullptr) override;
    Result<void> write(std::span<const std::byte> bytes, int timeout_ms) override;
    std::string identity() const override { return identity_; }

  protected:
    int descriptor() const { return descriptor_.get(); }
    /// As write(2).
    virtual std::ptrdiff_t put(std::span<const std::byte> bytes);

  private:
    Descriptor descriptor_;
    std::string identity_;
};

}  // namespace fangxin::drivers
