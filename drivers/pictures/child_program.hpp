// A program of ours that runs beside the one that needs it and may die: started with one end of a
// socket as its descriptor 3, spoken to in datagrams that may carry a descriptor, killed when it is
// no longer wanted. Owned by whoever talks to it; one thread.
#pragma once

#include "drivers/transports/descriptor.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace fangxin::drivers {

class ChildProgram {
  public:
    enum class Environment { none, ours };
    struct Message {
        std::string words;
        Descriptor descriptor;  ///< -1 if none came
    };

    ChildProgram() = default;
    ~ChildProgram() { end(); }
    ChildProgram(const ChildProgram&) = delete;
    ChildProgram& operator=(const ChildProgram&) = delete;

    /// The program of this name in the folder of the one that runs.
    static std::string beside_us(std::string_view name);

    /// Error: `cannot_start`.
    Result<void> start(const std::string& path, Environment environment);
    bool runs() const { return process_ != 0; }
    int process() const { return process_; }
    /// Readable when it has said something, or has ended.
    int socket() const { return socket_.get(); }
    /// False if it has ended. `descriptor` is copied; -1: none.
    bool send(std::string_view words, int descriptor = -1) const;
    /// Waits for its next words; none if it has ended.
    std::optional<Message> receive() const;
    /// At once, whatever it is doing.
    void end();

  private:
    int process_ = 0;
    Descriptor socket_;
};

}  // namespace fangxin::drivers
