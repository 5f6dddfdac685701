// How long each ESC/POS command is: what tells a command from the data inside it. A status question
// in the middle of a picture is a row of dots. Used by the printer without paper, which reads jobs,
// and by printed_again(), which changes one. Pure; any thread. Sources: Epson's ESC/POS reference
// of commands, HPRT, SPRT and Bixolon manuals (devices.md section 4).
#pragma once

#include <cstddef>
#include <string_view>

namespace fangxin::drivers {

struct EscposCommand {
    /// `cut`: the bytes end before the command does. `unknown`: nobody knows how long it is.
    enum class State { whole, cut, unknown };
    State state = State::whole;
    std::size_t size = 0;  ///< all bytes of it; 2 of an unknown one; what is there of a cut one
};

/// What `bytes`, which must not be empty, begin with. A byte of text is a command of size 1, also
/// each half of a Chinese character: no second half is a control byte.
EscposCommand next_command(std::string_view bytes);

/// Little-endian, as lengths in commands are.
std::size_t little_endian(std::string_view bytes);

}  // namespace fangxin::drivers
