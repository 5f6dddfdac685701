// The rules of this tree that a machine can check (ARCHITECTURE.md, CONTRIBUTING.md): which folder
// may include which, which library is used only where, and the sizes. Held by tests/tidy_test.cpp
// over the real tree, and proven there by planted violations. Pure but for read_tree(); any thread.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace fangxin::tidy {

/// One file of the tree. `path` is relative to the root, with forward slashes.
struct SourceFile {
    std::string path;
    std::string text;
};

/// What is wrong and where; line 0 is the file as a whole.
struct Finding {
    std::string path;
    int line = 0;
    std::string what;
};

/// `sync/link.cpp:12: what is wrong`, as a compiler would print it.
std::string to_text(const Finding& finding);

/// Every finding, file by file in the order given. The CMakeLists.txt that list the sources must be
/// among the files.
std::vector<Finding> check(std::span<const SourceFile> files);

/// What check() is to see of a checkout: C++, Python and shell sources, ./dev, .ci/run and the
/// CMakeLists.txt of our folders, sorted by path.
std::vector<SourceFile> read_tree(const std::filesystem::path& root);

}  // namespace fangxin::tidy
