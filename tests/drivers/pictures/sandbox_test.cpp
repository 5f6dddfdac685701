// What a decoder that a picture has taken over could do: nothing. Each call is really made, behind
// the helper's own code that shuts it in.
#include "drivers/pictures/decode_helper/sandbox.hpp"

#include "drivers/pictures/decoder.hpp"
#include "tests/support/drawn_code.hpp"

#include <arpa/inet.h>
#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace fangxin::drivers {
namespace {

constexpr int out_of_reach = 7;

/// How a child ends that shuts itself in and then does this.
std::string fate_of(void (*deed)(int socket)) {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);  // opened before, as a leak would be
    const pid_t child = ::fork();
    if (child == 0) {
        if (!enter_sandbox()) ::_exit(out_of_reach);
        deed(socket);
        ::syscall(SYS_exit_group, 0);
    }
    ::close(socket);
    int status = 0;
    ::waitpid(child, &status, 0);
    if (WIFSIGNALED(status)) return WTERMSIG(status) == SIGSYS ? "killed" : "signal";
    return WEXITSTATUS(status) == 0 ? "lives" : "refused by the kernel";
}

struct Deed {
    const char* name;
    void (*does)(int socket);
};

const std::array deeds{
    Deed{"open a file", [](int) { ::open("/etc/passwd", O_RDONLY); }},
    Deed{"make a file", [](int) { ::creat("/tmp/fangxin-escaped", 0600); }},
    Deed{"open with a modern call",
         [](int) { ::syscall(SYS_openat2, AT_FDCWD, "/etc/passwd", nullptr, 0); }},
    Deed{"remove a file", [](int) { ::unlink("/tmp/fangxin-none"); }},
    Deed{"read what it is given no file of", [](int) { (void)::pread(0, nullptr, 0, 0); }},
    Deed{"make a socket", [](int) { ::socket(AF_INET, SOCK_STREAM, 0); }},
    Deed{"connect a socket it has",
         [](int socket) {
             sockaddr_in local{};
             local.sin_family = AF_INET;
             local.sin_port = htons(9);
             local.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
             ::connect(socket, reinterpret_cast<const sockaddr*>(&local), sizeof local);
         }},
    Deed{"listen on a socket it has", [](int socket) { ::listen(socket, 1); }},
    Deed{"start a program",
         [](int) {
             char name[] = "/bin/true";
             char* arguments[] = {name, nullptr};
             ::execve(name, arguments, nullptr);
         }},
    Deed{"make a process", [](int) { ::syscall(SYS_fork); }},
    Deed{"make a thread or process", [](int) { ::syscall(SYS_clone3, nullptr, 0); }},
    Deed{"signal its parent", [](int) { ::kill(::getppid(), 0); }},
    Deed{"look into another process", [](int) { ::ptrace(PTRACE_ATTACH, 1, nullptr, nullptr); }},
    Deed{"make code",
         [](int) {
             ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS,
                    -1, 0);
         }},
    Deed{"make memory into code",
         [](int) {
             void* page =
                 ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
             ::mprotect(page, 4096, PROT_READ | PROT_EXEC);
         }},
    Deed{"lift its own limits", [](int) { ::prctl(PR_SET_SECCOMP, 0, nullptr, nullptr, nullptr); }},
};

// SALE-1: no file, no network and no program once it has started.
TEST(DecodeSandbox, EndsWhoeverTriesToLeaveIt) {
    if (sanitized) GTEST_SKIP() << "with a sanitizer it is in name only";
    EXPECT_EQ(fate_of([](int) {}), "lives");
    for (const Deed& deed : deeds)
        EXPECT_EQ(fate_of(deed.does), "killed") << deed.name;
}

TEST(DecodeSandbox, LeavesWhatReadingAPictureTakes) {
    EXPECT_EQ(fate_of([](int) {
                  void* memory = ::mmap(nullptr, 1U << 20U, PROT_READ | PROT_WRITE,
                                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
                  ::munmap(memory, 1U << 20U);
                  ::alarm(0);
              }),
              "lives");
}

TEST(DecodeSandbox, IsAroundTheProgramThatReadsPictures) {
    if (sanitized) GTEST_SKIP() << "with a sanitizer it is in name only";
    const tests::PictureFolder folder;
    Decoder decoder;
    ASSERT_TRUE(decoder.decode_file(folder.draw("-b EANX -d 6901234567892")));
    std::ifstream status("/proc/" + std::to_string(decoder.helper_process()) + "/status");
    std::string all((std::istreambuf_iterator<char>(status)), {});
    EXPECT_NE(all.find("NoNewPrivs:\t1"), std::string::npos);
    EXPECT_NE(all.find("Seccomp:\t2"), std::string::npos) << "2 is a filter";
}

}  // namespace
}  // namespace fangxin::drivers
