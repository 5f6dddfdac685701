// Barcode pictures drawn by zint while the test runs. Tests only.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unistd.h>

namespace fangxin::tests {

/// A folder of the test's own, gone with it.
class PictureFolder {
  public:
    PictureFolder()
        : path_(std::filesystem::temp_directory_path() /
                ("fangxin-pictures-" + std::to_string(::getpid()) + "-" +
                 std::to_string(next_number()))) {
        std::filesystem::create_directories(path_);
    }
    ~PictureFolder() { std::filesystem::remove_all(path_); }
    PictureFolder(const PictureFolder&) = delete;
    PictureFolder& operator=(const PictureFolder&) = delete;

    /// `arguments` as for zint's command line, quoted for the shell; gives the picture's path.
    std::string draw(const std::string& arguments) const {
        std::string picture = path_ / "code.png";
        std::string command = "zint " + arguments + " -o " + picture + " 2>/dev/null";
        if (std::system(command.c_str()) != 0) throw std::runtime_error(command);
        return picture;
    }
    std::string write(const std::string& name, std::string_view bytes) const {
        std::ofstream(path_ / name, std::ios::binary) << bytes;
        return path_ / name;
    }
    static std::string read(const std::string& path) {
        std::ifstream file(path, std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(file), {});
    }

  private:
    static int next_number() {
        static int number = 0;
        return ++number;
    }
    std::filesystem::path path_;
};

}  // namespace fangxin::tests
