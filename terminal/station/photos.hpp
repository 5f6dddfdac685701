// Photos that people take at a terminal, kept beside its database. An op names them; the files
// themselves stay here. Any thread.
#pragma once

#include "domain/result.hpp"
#include "terminal/kit/picture.hpp"

#include <filesystem>
#include <string>

namespace fangxin::terminal {

/// Writes the picture as a JPEG and gives its name, `9f86…0a08.jpg`: the SHA-256 of its bytes, so
/// that whoever has the op can tell whether a file is that photo. On the disk when it returns.
/// Error: `cannot_write`.
Result<std::string> keep_photo(const std::filesystem::path& data_folder,
                               const kit::Picture& picture);

/// Where the photo of this name lies.
std::filesystem::path photo_path(const std::filesystem::path& data_folder, const std::string& name);

}  // namespace fangxin::terminal
