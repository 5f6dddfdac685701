#include "tests/bench/floor_open.hpp"

#include "tests/bench/raw_sqlite.hpp"

#include <cstdio>

namespace fangxin::bench {

std::vector<std::string> floor_open_command(const std::filesystem::path& database) {
    return {std::filesystem::read_symlink("/proc/self/exe").string(), "--floor-open",
            database.string()};
}

int run_floor_open(const std::filesystem::path& database) {
    RawDatabase opened(database, RawDatabase::Access::writer);
    RawStatement setting = opened.prepare("SELECT value FROM settings WHERE key = 'shop_name'");
    setting.step();
    std::puts("{\"event\":\"ready\"}");
    std::fflush(stdout);
    while (std::getchar() != EOF) {
    }
    return 0;
}

}  // namespace fangxin::bench
