#include "tests/sim/crash_vfs.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <new>
#include <sqlite3.h>
#include <vector>

namespace fangxin::sync::sim {

namespace {

struct Machine {
    bool off = false;
    bool full = false;
    std::int64_t writes_left = -1;  // until the power goes; -1: it stays
    CrashVfs::Fault fault = CrashVfs::Fault::io_error;
    std::int64_t calls_left = -1;  // until that; -1: never
    bool has_failed = false;

    /// Asked by each call that can fail.
    bool fails() { return fault == CrashVfs::Fault::io_error && comes_to_it(); }
    bool has_room() {
        if (fault == CrashVfs::Fault::disk_full && comes_to_it()) full = true;
        return !full;
    }

  private:
    bool comes_to_it() {
        if (calls_left < 0 || calls_left-- > 0) return false;
        return has_failed = true;
    }
};

/// A write or truncation that was not synced yet, and what it replaced.
struct Unsynced {
    std::size_t at = 0;
    std::size_t size_before = 0;
    std::string before;
    std::string after;
    bool cuts = false;  // a truncation to `at`
};

struct SharedMemory {
    std::vector<std::unique_ptr<std::vector<char>>> regions;
    std::array<int, SQLITE_SHM_NLOCK> shared{};
    std::array<bool, SQLITE_SHM_NLOCK> exclusive{};
};

struct File {
    Machine* machine = nullptr;
    std::string data;
    std::vector<Unsynced> unsynced;
    SharedMemory memory;
    std::array<int, 5> locks{};  // handles that hold at least this level

    void apply(const Unsynced& change, std::size_t bytes) {
        if (change.cuts) {
            data.resize(std::min(data.size(), change.at));
            return;
        }
        data.resize(std::max(data.size(), change.at + bytes));
        data.replace(change.at, bytes, change.after, 0, bytes);
    }
    void undo(const Unsynced& change) {
        data.resize(change.size_before);
        if (!change.before.empty()) data.replace(change.at, change.before.size(), change.before);
    }
    void lose_power(std::mt19937_64& random);
};

/// None of the unsynced writes survives, or the first ones with the last torn, or any of them.
void File::lose_power(std::mt19937_64& random) {
    auto changes = std::move(unsynced);
    unsynced.clear();
    for (auto each = changes.rbegin(); each != changes.rend(); ++each)
        undo(*each);
    auto kind = random() % 3;
    std::size_t first_ones = changes.empty() ? 0 : random() % (changes.size() + 1);
    for (std::size_t i = 0; i < changes.size(); ++i) {
        bool survives = kind == 1 ? i < first_ones : kind == 2 && random() % 2 == 0;
        std::size_t bytes = changes[i].after.size();
        bool torn = kind == 1 && i + 1 == first_ones && bytes > 0;
        if (survives) apply(changes[i], torn ? random() % bytes : bytes);
    }
    memory = {};
    locks = {};
}

/// SQLite's handle; it makes room for `szOsFile` bytes and we build this in them.
struct Handle {
    sqlite3_file base;
    std::shared_ptr<File> file;
    int level = SQLITE_LOCK_NONE;
    unsigned shared = 0;
    unsigned exclusive = 0;
};

Handle& of(sqlite3_file* file) { return *reinterpret_cast<Handle*>(file); }

}  // namespace

struct CrashVfs::Disk {
    std::string name;
    sqlite3_vfs vfs{};
    std::map<std::string, std::shared_ptr<File>> files;
    std::map<std::string, Machine> machines;

    static Disk& of(sqlite3_vfs* vfs) { return *static_cast<Disk*>(vfs->pAppData); }
    Machine& machine_of(const std::string& path) {
        return machines[path.substr(0, path.find('/'))];
    }
};

namespace {

int close_file(sqlite3_file* file) {
    of(file).~Handle();
    return SQLITE_OK;
}

int read_file(sqlite3_file* file, void* into, int size, sqlite3_int64 from) {
    if (of(file).file->machine->fails()) return SQLITE_IOERR_READ;
    const std::string& data = of(file).file->data;
    auto at = static_cast<std::size_t>(from);
    auto wanted = static_cast<std::size_t>(size);
    std::size_t there = at < data.size() ? std::min(wanted, data.size() - at) : 0;
    if (there > 0) std::memcpy(into, data.data() + at, there);
    std::memset(static_cast<char*>(into) + there, 0, wanted - there);
    return there == wanted ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int write_file(sqlite3_file* handle, const void* bytes, int size, sqlite3_int64 to) {
    File& file = *of(handle).file;
    Machine& machine = *file.machine;
    if (machine.writes_left >= 0 && machine.writes_left-- == 0) machine.off = true;
    auto at = static_cast<std::size_t>(to);
    auto count = static_cast<std::size_t>(size);
    if (machine.fails()) return SQLITE_IOERR_WRITE;
    if (at + count > file.data.size() && !machine.has_room()) return SQLITE_FULL;
    Unsynced change{.at = at, .size_before = file.data.size()};
    change.after.assign(static_cast<const char*>(bytes), count);
    if (at < file.data.size()) change.before = file.data.substr(at, count);
    file.apply(change, count);
    file.unsynced.push_back(std::move(change));
    return machine.off ? SQLITE_IOERR_WRITE : SQLITE_OK;
}

int truncate_file(sqlite3_file* handle, sqlite3_int64 size) {
    File& file = *of(handle).file;
    if (file.machine->off || file.machine->fails()) return SQLITE_IOERR_TRUNCATE;
    auto at = static_cast<std::size_t>(size);
    if (at >= file.data.size()) return SQLITE_OK;
    Unsynced change{
        .at = at, .size_before = file.data.size(), .before = file.data.substr(at), .cuts = true};
    file.apply(change, 0);
    file.unsynced.push_back(std::move(change));
    return SQLITE_OK;
}

int sync_file(sqlite3_file* handle, int) {
    File& file = *of(handle).file;
    if (file.machine->off || file.machine->fails()) return SQLITE_IOERR_FSYNC;
    file.unsynced.clear();
    return SQLITE_OK;
}

int size_of_file(sqlite3_file* file, sqlite3_int64* size) {
    if (of(file).file->machine->fails()) return SQLITE_IOERR_FSTAT;
    *size = static_cast<sqlite3_int64>(of(file).file->data.size());
    return SQLITE_OK;
}

int lock_file(sqlite3_file* handle, int level) {
    Handle& mine = of(handle);
    if (mine.file->machine->fails()) return SQLITE_IOERR_LOCK;
    auto& locks = mine.file->locks;
    auto others = [&](int from) { return locks[from] - (mine.level >= from ? 1 : 0); };
    if (level == SQLITE_LOCK_SHARED && others(SQLITE_LOCK_PENDING) > 0) return SQLITE_BUSY;
    if (level >= SQLITE_LOCK_RESERVED && others(SQLITE_LOCK_RESERVED) > 0) return SQLITE_BUSY;
    if (level == SQLITE_LOCK_EXCLUSIVE && others(SQLITE_LOCK_SHARED) > 0) return SQLITE_BUSY;
    for (int i = mine.level + 1; i <= level; ++i)
        ++locks[i];
    mine.level = std::max(mine.level, level);
    return SQLITE_OK;
}

int unlock_file(sqlite3_file* handle, int level) {
    Handle& mine = of(handle);
    for (int i = mine.level; i > level; --i)
        --mine.file->locks[i];
    mine.level = std::min(mine.level, level);
    return SQLITE_OK;
}

int is_reserved(sqlite3_file* handle, int* answer) {
    *answer = of(handle).file->locks[SQLITE_LOCK_RESERVED] > 0 ? 1 : 0;
    return SQLITE_OK;
}

int control_file(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
int sector_size(sqlite3_file*) { return 512; }
int characteristics(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

int map_memory(sqlite3_file* handle, int region, int size, int extend, void volatile** at) {
    auto& regions = of(handle).file->memory.regions;
    auto index = static_cast<std::size_t>(region);
    *at = nullptr;
    if (of(handle).file->machine->fails()) return SQLITE_IOERR_SHMMAP;
    if (index >= regions.size() && extend == 0) return SQLITE_OK;
    while (regions.size() <= index) {
        regions.push_back(std::make_unique<std::vector<char>>(static_cast<std::size_t>(size)));
    }
    *at = regions[index]->data();
    return SQLITE_OK;
}

int lock_memory(sqlite3_file* handle, int first, int count, int flags) {
    Handle& mine = of(handle);
    SharedMemory& memory = mine.file->memory;
    const bool locks = (flags & SQLITE_SHM_LOCK) != 0;  // to give one up does not fail
    if (locks && mine.file->machine->fails()) return SQLITE_IOERR_SHMLOCK;
    for (int i = first; i < first + count && locks; ++i) {
        unsigned bit = 1U << i;
        bool others_write = memory.exclusive[i] && (mine.exclusive & bit) == 0;
        bool others_read = memory.shared[i] - ((mine.shared & bit) != 0 ? 1 : 0) > 0;
        if (others_write || ((flags & SQLITE_SHM_EXCLUSIVE) != 0 && others_read)) {
            return SQLITE_BUSY;
        }
    }
    for (int i = first; i < first + count; ++i) {
        unsigned bit = 1U << i;
        if ((flags & SQLITE_SHM_EXCLUSIVE) != 0) {
            memory.exclusive[i] = locks;
            mine.exclusive = locks ? mine.exclusive | bit : mine.exclusive & ~bit;
        } else if (locks != ((mine.shared & bit) != 0)) {
            memory.shared[i] += locks ? 1 : -1;
            mine.shared ^= bit;
        }
    }
    return SQLITE_OK;
}

void memory_barrier(sqlite3_file*) {}

int unmap_memory(sqlite3_file* handle, int remove) {
    if (remove != 0) of(handle).file->memory.regions.clear();
    return SQLITE_OK;
}

const sqlite3_io_methods& methods() {
    static const sqlite3_io_methods table = [] {
        sqlite3_io_methods m{};
        m.iVersion = 2;  // with shared memory, without mapped files
        m.xClose = close_file;
        m.xRead = read_file;
        m.xWrite = write_file;
        m.xTruncate = truncate_file;
        m.xSync = sync_file;
        m.xFileSize = size_of_file;
        m.xLock = lock_file;
        m.xUnlock = unlock_file;
        m.xCheckReservedLock = is_reserved;
        m.xFileControl = control_file;
        m.xSectorSize = sector_size;
        m.xDeviceCharacteristics = characteristics;
        m.xShmMap = map_memory;
        m.xShmLock = lock_memory;
        m.xShmBarrier = memory_barrier;
        m.xShmUnmap = unmap_memory;
        return m;
    }();
    return table;
}

int open_file(sqlite3_vfs* vfs, const char* path, sqlite3_file* into, int flags, int* out) {
    auto& disk = CrashVfs::Disk::of(vfs);
    std::string name = path == nullptr ? "nameless" : path;
    std::shared_ptr<File> file;
    if (disk.machine_of(name).fails()) {
        into->pMethods = nullptr;
        return SQLITE_CANTOPEN;
    }
    if (path == nullptr) {
        file = std::make_shared<File>();
    } else {
        auto known = disk.files.find(name);
        if (known == disk.files.end() && (flags & SQLITE_OPEN_CREATE) == 0) {
            into->pMethods = nullptr;
            return SQLITE_CANTOPEN;
        }
        auto& slot = disk.files[name];
        if (!slot) slot = std::make_shared<File>();
        file = slot;
    }
    file->machine = &disk.machine_of(name);
    auto* handle = new (into) Handle{};
    handle->file = std::move(file);
    handle->base.pMethods = &methods();
    if (out != nullptr) *out = flags;
    return SQLITE_OK;
}

int delete_file(sqlite3_vfs* vfs, const char* path, int) {
    auto& disk = CrashVfs::Disk::of(vfs);
    Machine& machine = disk.machine_of(path);
    if (machine.off || machine.fails()) return SQLITE_IOERR_DELETE;
    return disk.files.erase(path) == 1 ? SQLITE_OK : SQLITE_IOERR_DELETE_NOENT;
}

int file_exists(sqlite3_vfs* vfs, const char* path, int, int* answer) {
    auto& disk = CrashVfs::Disk::of(vfs);
    if (disk.machine_of(path).fails()) return SQLITE_IOERR_ACCESS;
    *answer = disk.files.contains(path) ? 1 : 0;
    return SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* path, int size, char* into) {
    sqlite3_snprintf(size, into, "%s", path);
    return SQLITE_OK;
}

int randomness(sqlite3_vfs*, int size, char* into) {
    std::memset(into, 7, static_cast<std::size_t>(size));
    return size;
}

int sleep_for(sqlite3_vfs*, int microseconds) { return microseconds; }

int time_now(sqlite3_vfs*, sqlite3_int64* milliseconds) {
    *milliseconds = 212'000'000'000'000;
    return SQLITE_OK;
}

}  // namespace

CrashVfs::CrashVfs(const std::string& name) : disk_(std::make_unique<Disk>()) {
    disk_->name = name;
    sqlite3_vfs& vfs = disk_->vfs;
    vfs.iVersion = 2;
    vfs.szOsFile = sizeof(Handle);
    vfs.mxPathname = 256;
    vfs.zName = disk_->name.c_str();
    vfs.pAppData = disk_.get();
    vfs.xOpen = open_file;
    vfs.xDelete = delete_file;
    vfs.xAccess = file_exists;
    vfs.xFullPathname = full_path;
    vfs.xRandomness = randomness;
    vfs.xSleep = sleep_for;
    vfs.xCurrentTimeInt64 = time_now;
    sqlite3_vfs_register(&vfs, 0);
}

CrashVfs::~CrashVfs() { sqlite3_vfs_unregister(&disk_->vfs); }

void CrashVfs::power_off(const std::string& machine) { disk_->machines[machine].off = true; }

bool CrashVfs::is_off(const std::string& machine) { return disk_->machines[machine].off; }

void CrashVfs::power_on(const std::string& machine, std::mt19937_64& random) {
    for (auto& [path, file] : disk_->files) {
        if (path.starts_with(machine + "/")) file->lose_power(random);
    }
    disk_->machines[machine] = {};
}

void CrashVfs::power_off_after(const std::string& machine, std::int64_t writes) {
    disk_->machines[machine].writes_left = writes;
}

CrashVfs::Image CrashVfs::image_of(const std::string& machine) const {
    Image image;
    for (const auto& [path, file] : disk_->files) {
        if (path.starts_with(machine + "/") && !path.ends_with("-shm")) image[path] = file->data;
    }
    return image;
}

void CrashVfs::put_image(const std::string& machine, const Image& image) {
    std::erase_if(disk_->files,
                  [&](const auto& each) { return each.first.starts_with(machine + "/"); });
    for (const auto& [path, data] : image) {
        auto file = std::make_shared<File>();
        file->machine = &disk_->machines[machine];
        file->data = data;
        disk_->files[path] = std::move(file);
    }
}

void CrashVfs::set_full(const std::string& machine, bool full) {
    disk_->machines[machine].full = full;
}

void CrashVfs::fail_call(const std::string& machine, Fault fault, std::int64_t calls) {
    Machine& which = disk_->machines[machine];
    which.fault = fault;
    which.calls_left = calls;
    which.has_failed = false;
}

bool CrashVfs::has_failed(const std::string& machine) {
    return disk_->machines[machine].has_failed;
}

}  // namespace fangxin::sync::sim
