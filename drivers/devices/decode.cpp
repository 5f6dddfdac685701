#include "drivers/devices/commands.hpp"
#include "drivers/devices/json_lines.hpp"
#include "drivers/devices/output.hpp"

#include <algorithm>

namespace fangxin::drivers {

ExitCode run(const DecodePictures& command) {
    Decoder decoder;
    ExitCode worst = done;
    for (const std::string& file : command.files) {
        auto decoded = decoder.decode_file(file);
        if (!print_line(json_line(file, decoded))) return not_whole();
        if (!decoded) worst = std::max(worst, fail(decoded.error()));
    }
    return worst;
}

}  // namespace fangxin::drivers
