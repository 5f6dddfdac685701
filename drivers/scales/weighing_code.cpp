#include "drivers/scales/weighing_code.hpp"

#include "domain/check.hpp"
#include "domain/weighing/library.hpp"

#include <array>
#include <cstdint>
#include <cstring>
#include <elf.h>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <link.h>
#include <sodium.h>
#include <span>
#include <vector>

namespace fangxin::drivers {

namespace {

/// Sums up segments in their order, each with its place and length.
class CodeHash {
  public:
    CodeHash() {
        FANGXIN_CHECK(sodium_init() >= 0);
        crypto_hash_sha256_init(&state_);
    }

    void add(std::string_view bytes) {
        crypto_hash_sha256_update(&state_, reinterpret_cast<const unsigned char*>(bytes.data()),
                                  bytes.size());
    }

    /// Not the ELF header: strip writes into it where the debug information was.
    void add(const Elf64_Phdr& segment, std::string_view bytes) {
        if (segment.p_offset == 0) bytes.remove_prefix(sizeof(Elf64_Ehdr));
        add(fmt::format("{:x} {:x}\n", segment.p_vaddr, bytes.size()));
        add(bytes);
    }

    std::string hex() {
        std::array<unsigned char, crypto_hash_sha256_BYTES> sum{};
        crypto_hash_sha256_final(&state_, sum.data());
        std::string text;
        for (unsigned char byte : sum)
            text += fmt::format("{:02x}", byte);
        return text;
    }

  private:
    crypto_hash_sha256_state state_{};
};

/// The loader writes addresses into the others, different ones at each start.
bool is_never_written(const Elf64_Phdr& segment) {
    return segment.p_type == PT_LOAD && (segment.p_flags & PF_W) == 0;
}

bool starts_as_it_should(const Elf64_Phdr& segment) {
    return segment.p_offset != 0 || segment.p_filesz >= sizeof(Elf64_Ehdr);
}

struct Search {
    std::uintptr_t inside = 0;
    std::string hash;
};

int hash_if_inside(dl_phdr_info* info, std::size_t, void* data) {
    auto* search = static_cast<Search*>(data);
    std::span segments(info->dlpi_phdr, info->dlpi_phnum);
    bool found = false;
    for (const auto& segment : segments) {
        std::uintptr_t from = info->dlpi_addr + segment.p_vaddr;
        found = found || (segment.p_type == PT_LOAD && search->inside >= from &&
                          search->inside - from < segment.p_memsz);
    }
    if (!found) return 0;
    CodeHash hash;
    for (const auto& segment : segments) {
        if (!is_never_written(segment)) continue;
        FANGXIN_CHECK(starts_as_it_should(segment));
        // NOLINTNEXTLINE(performance-no-int-to-ptr): the linker tells addresses as numbers
        const auto* bytes = reinterpret_cast<const char*>(info->dlpi_addr + segment.p_vaddr);
        hash.add(segment, {bytes, segment.p_filesz});
    }
    search->hash = hash.hex();
    return 1;
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
    CodeHash hash;
    hash.add(bytes);
    return hash.hex();
}

Result<std::string> code_hash_of_file(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return failure("not_found", file.string());
    const std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    const std::string_view all = bytes;
    Elf64_Ehdr header{};
    if (all.size() < sizeof header) return failure("not_a_library", file.string());
    std::memcpy(&header, all.data(), sizeof header);
    bool sound = all.starts_with(ELFMAG) && header.e_ident[EI_CLASS] == ELFCLASS64 &&
                 header.e_phentsize == sizeof(Elf64_Phdr) && header.e_phoff < all.size() &&
                 header.e_phnum <= (all.size() - header.e_phoff) / sizeof(Elf64_Phdr);
    if (!sound) return failure("not_a_library", file.string());
    CodeHash hash;
    for (std::size_t i = 0; i < header.e_phnum; ++i) {
        Elf64_Phdr segment{};
        std::memcpy(&segment, all.data() + header.e_phoff + i * sizeof segment, sizeof segment);
        if (!is_never_written(segment)) continue;
        bool whole = segment.p_offset <= all.size() &&
                     segment.p_filesz <= all.size() - segment.p_offset &&
                     starts_as_it_should(segment);
        if (!whole) return failure("not_a_library", file.string());
        hash.add(segment, all.substr(segment.p_offset, segment.p_filesz));
    }
    return hash.hex();
}

std::string code_hash_in_memory() {
    // A word of the library's own says where it lies: the address of a function could be a stub's.
    Search search{.inside = reinterpret_cast<std::uintptr_t>(weighing::library_version().data())};
    dl_iterate_phdr(hash_if_inside, &search);
    FANGXIN_CHECK(!search.hash.empty());
    return search.hash;
}

}  // namespace fangxin::drivers
