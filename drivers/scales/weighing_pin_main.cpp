// Run by the build after the legal library is linked: writes which code the programs were built
// with, as a source that is compiled into them. `fangxin-weighing-pin LIBRARY [SOURCE]`; without
// SOURCE it prints the hash, for an inspector who has only the file.
#include "drivers/scales/weighing_code.hpp"

#include <fmt/format.h>
#include <fstream>

int main(int count, char** arguments) {
    if (count < 2 || count > 3) {
        fmt::print(stderr, "fangxin-weighing-pin LIBRARY [SOURCE]\n");
        return 2;
    }
    auto hash = fangxin::drivers::code_hash_of_file(arguments[1]);
    if (!hash) {
        fmt::print(stderr, "fangxin-weighing-pin: {}: {}\n", hash.error().code,
                   hash.error().detail);
        return 1;
    }
    if (count == 2) {
        fmt::print("{}\n", *hash);
        return 0;
    }
    std::ofstream source(arguments[2]);
    source << fmt::format(
        "// Made by fangxin-weighing-pin.\n#include \"drivers/scales/weighing_seal.hpp\"\n\n"
        "namespace fangxin::drivers {{\n\nstd::string_view pinned_code_hash() {{\n"
        "    return \"{}\";\n}}\n\n}}  // namespace fangxin::drivers\n",
        *hash);
    source.close();
    return source ? 0 : 1;
}
