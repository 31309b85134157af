/*
 * Stands between a program and the disc (LD_PRELOAD): writes down, in order, every change to the files under one
 * folder, and makes chosen calls fail.
 *
 *   CRASH_ROOT   the folder that is watched (absolute, without links)
 *   CRASH_LOG    where the calls are written down; without it nothing is
 *
 * Called from inside the program: crash_mark() notes a moment, crash_arm() makes calls fail from now on,
 * crash_calls() counts them.
 *
 * One lock is held from before a call until it is written down, so the order of the log is the order on the disc.
 * Files ending in -shm are left out: SQLite keeps them in shared memory and makes them again after a crash.
 * A call that moves bytes without showing them (sendfile, copy_file_range, a writable shared mapping) is refused or
 * noted as 'X', which the reader of the log does not accept: nothing may pass unseen.
 *
 * Each record: type (1 byte), file number (8), offset or size (8), length of what follows (4), and the bytes.
 *   C create  W write  T truncate  S synced  U unlink  R rename (old \0 new)  M mkdir  K rmdir  D folder synced
 *   Y the whole disc synced  A mark  F a call was made to fail  X something this recorder cannot describe
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { WRITES = 1, SYNCS = 2, OPENS = 4, NAMES = 8 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int log_fd = -1;
static char root[PATH_MAX];
static unsigned long calls, fail_at, fail_kinds;
static int fail_errno, fail_sticky, fail_short;

/* Read once, before any thread: the program may change its environment later. */
__attribute__((constructor)) static void begin(void) {
    const char *top = getenv("CRASH_ROOT"), *path = getenv("CRASH_LOG");
    snprintf(root, sizeof root, "%s", top ? top : "");
    if (path) log_fd = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
}

static void note(char type, uint64_t file, uint64_t offset, const void *bytes, uint32_t length) {
    if (log_fd < 0) return;
    char head[21];
    head[0] = type;
    memcpy(head + 1, &file, 8);
    memcpy(head + 9, &offset, 8);
    memcpy(head + 17, &length, 4);
    struct iovec parts[2] = {{head, sizeof head}, {(void *)bytes, length}};
    if (syscall(SYS_writev, log_fd, parts, 2) != (long)(sizeof head + length)) {
        static const char said[] = "recorder: the log cannot be written\n";
        syscall(SYS_write, 2, said, sizeof said - 1);
        _exit(70);
    }
}

static void note_path(char type, uint64_t file, const char *path) { note(type, file, 0, path, strlen(path)); }

/* Whether this call is the one to fail. Counts it. */
static int failing(unsigned long kind) {
    if (!(fail_kinds & kind)) return 0;
    calls++;
    if (fail_at && (calls == fail_at || (fail_sticky && calls > fail_at))) {
        note('F', calls, fail_errno, "", 0);
        return 1;
    }
    return 0;
}

static int inside(const char *path) {
    size_t length = strlen(root);
    if (!length || strncmp(path, root, length) || (path[length] != '/' && path[length])) return 0;
    size_t whole = strlen(path);
    return !(whole >= 4 && !strcmp(path + whole - 4, "-shm"));
}

/* Give the absolute path in `out`, and whether it lies under the root. */
static int watched_at(int folder, const char *path, char out[PATH_MAX]) {
    if (!root[0] || !path) return 0;
    if (path[0] == '/') {
        snprintf(out, PATH_MAX, "%s", path);
    } else {
        char base[PATH_MAX];
        if (folder == AT_FDCWD) {
            if (!getcwd(base, sizeof base)) return 0;
        } else {
            char link[64];
            snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
            ssize_t n = readlink(link, base, sizeof base - 1);
            if (n < 0) return 0;
            base[n] = 0;
        }
        if (snprintf(out, PATH_MAX, "%s/%s", base, path) >= PATH_MAX) return 0;
    }
    return inside(out);
}

static int watched_fd(int fd, struct stat *st) {
    char link[64], path[PATH_MAX];
    if (!root[0]) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    if (n <= 0) return 0;
    path[n] = 0;
    char *gone = strstr(path, " (deleted)");
    if (gone) *gone = 0;
    return inside(path) && !fstat(fd, st) && (S_ISREG(st->st_mode) || S_ISDIR(st->st_mode));
}

/* ---- what the program under test asks of the recorder ---- */

void crash_mark(const char *words) {
    pthread_mutex_lock(&lock);
    note_path('A', 0, words);
    pthread_mutex_unlock(&lock);
}

/* From now on, make call number `at` of these kinds fail (0: only count); sticky: every later one too; shortly: a
   write that fails has written half of its bytes. */
void crash_arm(unsigned long at, unsigned long kinds, int error, int sticky, int shortly) {
    pthread_mutex_lock(&lock);
    calls = 0, fail_at = at, fail_kinds = kinds, fail_errno = error, fail_sticky = sticky, fail_short = shortly;
    pthread_mutex_unlock(&lock);
}

unsigned long crash_calls(void) { return calls; }

/* ---- opening ---- */

static int opened(int folder, const char *path, int flags, mode_t mode) {
    char full[PATH_MAX];
    if (!(flags & (O_CREAT | O_TRUNC | O_WRONLY | O_RDWR)) || !watched_at(folder, path, full))
        return syscall(SYS_openat, folder, path, flags, mode);
    pthread_mutex_lock(&lock);
    struct stat st;
    int there = !syscall(SYS_newfstatat, folder, path, &st, 0), fd;
    if (failing(OPENS)) {
        errno = fail_errno;
        fd = -1;
    } else {
        fd = syscall(SYS_openat, folder, path, flags, mode);
        int kept = errno;
        if (fd >= 0 && !fstat(fd, &st) && S_ISREG(st.st_mode)) {
            if (!there) note_path('C', st.st_ino, full);
            else if (flags & O_TRUNC) note('T', st.st_ino, 0, "", 0);
        }
        errno = kept;
    }
    pthread_mutex_unlock(&lock);
    return fd;
}

#define OPENING(name) \
    int name(const char *path, int flags, ...) { \
        va_list rest; \
        va_start(rest, flags); \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
        va_end(rest); \
        return opened(AT_FDCWD, path, flags, mode); \
    }
#define OPENING_AT(name) \
    int name(int folder, const char *path, int flags, ...) { \
        va_list rest; \
        va_start(rest, flags); \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
        va_end(rest); \
        return opened(folder, path, flags, mode); \
    }
OPENING(open)
OPENING(open64)
OPENING_AT(openat)
OPENING_AT(openat64)

/* ---- writing ---- */

static ssize_t written(int fd, const struct iovec *parts, int count, off_t offset, int placed) {
    struct stat st;
    if (!watched_fd(fd, &st))
        return placed ? syscall(SYS_pwritev, fd, parts, count, offset, 0) : syscall(SYS_writev, fd, parts, count);
    pthread_mutex_lock(&lock);
    ssize_t done;
    int to_fail = failing(WRITES);
    if (to_fail && !(fail_short && parts[0].iov_len > 1)) {
        errno = fail_errno;
        done = -1;
    } else {
        struct iovec half = {parts[0].iov_base, parts[0].iov_len / 2};
        if (to_fail) parts = &half, count = 1, fail_at++, fail_short = 0; /* the rest, asked for next, fails */
        if (!placed) {
            offset = syscall(SYS_lseek, fd, 0, SEEK_CUR);
            if (syscall(SYS_fcntl, fd, F_GETFL) & O_APPEND) offset = st.st_size;
        }
        done = placed ? syscall(SYS_pwritev, fd, parts, count, offset, 0) : syscall(SYS_writev, fd, parts, count);
        int kept = errno;
        off_t at = offset;
        for (ssize_t left = done; left > 0; parts++) {
            size_t size = parts->iov_len < (size_t)left ? parts->iov_len : (size_t)left;
            note('W', st.st_ino, at, parts->iov_base, size);
            at += size, left -= size;
        }
        errno = kept;
    }
    pthread_mutex_unlock(&lock);
    return done;
}

ssize_t write(int fd, const void *bytes, size_t length) {
    struct stat st;
    if (!watched_fd(fd, &st)) return syscall(SYS_write, fd, bytes, length);
    struct iovec part = {(void *)bytes, length};
    return written(fd, &part, 1, 0, 0);
}
ssize_t writev(int fd, const struct iovec *parts, int count) { return written(fd, parts, count, 0, 0); }
ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) {
    struct iovec part = {(void *)bytes, length};
    return written(fd, &part, 1, offset, 1);
}
ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset) { return pwrite(fd, bytes, length, offset); }
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset) {
    return written(fd, parts, count, offset, 1);
}
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t offset) {
    return written(fd, parts, count, offset, 1);
}
ssize_t pwritev2(int fd, const struct iovec *parts, int count, off_t offset, int flags) {
    return offset == -1 ? written(fd, parts, count, 0, 0) : written(fd, parts, count, offset, 1);
}
ssize_t pwritev64v2(int fd, const struct iovec *parts, int count, off64_t offset, int flags) {
    return pwritev2(fd, parts, count, offset, flags);
}

/* Programs that copy this way fall back to plain writes, which are seen. */
ssize_t sendfile(int out, int in, off_t *offset, size_t count) {
    struct stat st;
    if (watched_fd(out, &st)) return errno = EINVAL, -1;
    return syscall(SYS_sendfile, out, in, offset, count);
}
ssize_t sendfile64(int out, int in, off64_t *offset, size_t count) { return sendfile(out, in, offset, count); }
ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t count, unsigned flags) {
    struct stat st;
    if (watched_fd(out, &st)) return errno = EXDEV, -1;
    return syscall(SYS_copy_file_range, in, from, out, to, count, flags);
}

void *mmap(void *address, size_t length, int protection, int flags, int fd, off_t offset) {
    struct stat st;
    if (fd >= 0 && flags & MAP_SHARED && protection & PROT_WRITE && watched_fd(fd, &st)) {
        pthread_mutex_lock(&lock);
        note('X', st.st_ino, offset, "mmap", 4);
        pthread_mutex_unlock(&lock);
    }
    return (void *)syscall(SYS_mmap, address, length, protection, flags, fd, offset);
}
void *mmap64(void *address, size_t length, int protection, int flags, int fd, off64_t offset) {
    return mmap(address, length, protection, flags, fd, offset);
}

static int resized(int fd, off_t size, int only_grow) {
    struct stat st;
    if (!watched_fd(fd, &st)) return syscall(SYS_ftruncate, fd, size);
    pthread_mutex_lock(&lock);
    int done;
    /* A full disc does not keep a file from being cut short. */
    if ((size > st.st_size || fail_errno != ENOSPC) && failing(WRITES)) {
        errno = fail_errno;
        done = -1;
    } else if (only_grow && st.st_size >= size) {
        done = 0;
    } else {
        done = syscall(SYS_ftruncate, fd, size);
        if (!done) note('T', st.st_ino, size, "", 0);
    }
    pthread_mutex_unlock(&lock);
    return done;
}
int ftruncate(int fd, off_t size) { return resized(fd, size, 0); }
int ftruncate64(int fd, off64_t size) { return resized(fd, size, 0); }
int truncate(const char *path, off_t size) {
    int fd = opened(AT_FDCWD, path, O_WRONLY | O_CLOEXEC, 0);
    if (fd < 0) return -1;
    int done = resized(fd, size, 0), kept = errno;
    syscall(SYS_close, fd);
    errno = kept;
    return done;
}
int truncate64(const char *path, off64_t size) { return truncate(path, size); }
int posix_fallocate(int fd, off_t offset, off_t length) {
    struct stat st;
    if (!watched_fd(fd, &st)) return syscall(SYS_fallocate, fd, 0, offset, length) ? errno : 0;
    return resized(fd, offset + length, 1) ? errno : 0;
}
int posix_fallocate64(int fd, off64_t offset, off64_t length) { return posix_fallocate(fd, offset, length); }

/* ---- syncing ---- */

static int synced(int fd, long number) {
    struct stat st;
    if (!watched_fd(fd, &st)) return syscall(number, fd);
    pthread_mutex_lock(&lock);
    int done;
    if (failing(SYNCS)) {
        errno = fail_errno;
        done = -1;
    } else {
        done = syscall(number, fd);
        if (!done && S_ISDIR(st.st_mode)) {
            char link[64], path[PATH_MAX];
            snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
            ssize_t n = readlink(link, path, sizeof path - 1);
            path[n > 0 ? n : 0] = 0;
            note_path('D', st.st_ino, path);
        } else if (!done) {
            note('S', st.st_ino, 0, "", 0);
        }
    }
    pthread_mutex_unlock(&lock);
    return done;
}
int fsync(int fd) { return synced(fd, SYS_fsync); }
int fdatasync(int fd) { return synced(fd, SYS_fdatasync); }
int syncfs(int fd) {
    struct stat st;
    if (!watched_fd(fd, &st)) return syscall(SYS_syncfs, fd);
    pthread_mutex_lock(&lock);
    int done = -1;
    if (failing(SYNCS)) errno = fail_errno;
    else if (!(done = syscall(SYS_syncfs, fd))) note('Y', 0, 0, "", 0);
    pthread_mutex_unlock(&lock);
    return done;
}

/* ---- names ---- */

static int removed(int folder, const char *path, int flags) {
    char full[PATH_MAX];
    if (!watched_at(folder, path, full)) return syscall(SYS_unlinkat, folder, path, flags);
    pthread_mutex_lock(&lock);
    int done;
    if (failing(NAMES)) {
        errno = fail_errno;
        done = -1;
    } else {
        done = syscall(SYS_unlinkat, folder, path, flags);
        if (!done) note_path(flags & AT_REMOVEDIR ? 'K' : 'U', 0, full);
    }
    pthread_mutex_unlock(&lock);
    return done;
}
int unlink(const char *path) { return removed(AT_FDCWD, path, 0); }
int unlinkat(int folder, const char *path, int flags) { return removed(folder, path, flags); }
int rmdir(const char *path) { return removed(AT_FDCWD, path, AT_REMOVEDIR); }

static int renamed(int from, const char *old, int to, const char *new) {
    char both[2 * PATH_MAX], second[PATH_MAX];
    int leaves = watched_at(from, old, both), comes = watched_at(to, new, second);
    if (!leaves && !comes) return syscall(SYS_renameat2, from, old, to, new, 0);
    pthread_mutex_lock(&lock);
    int done;
    if (failing(NAMES)) {
        errno = fail_errno;
        done = -1;
    } else {
        done = syscall(SYS_renameat2, from, old, to, new, 0);
        if (!done && leaves && comes) {
            size_t first = strlen(both) + 1;
            memcpy(both + first, second, strlen(second));
            note('R', 0, 0, both, first + strlen(second));
        } else if (!done) {
            note('X', 0, 0, "rename", 6);
        }
    }
    pthread_mutex_unlock(&lock);
    return done;
}
int rename(const char *old, const char *new) { return renamed(AT_FDCWD, old, AT_FDCWD, new); }
int renameat(int from, const char *old, int to, const char *new) { return renamed(from, old, to, new); }
int renameat2(int from, const char *old, int to, const char *new, unsigned flags) {
    if (flags) return errno = EINVAL, -1;
    return renamed(from, old, to, new);
}

static int made(int folder, const char *path, mode_t mode) {
    char full[PATH_MAX];
    if (!watched_at(folder, path, full)) return syscall(SYS_mkdirat, folder, path, mode);
    pthread_mutex_lock(&lock);
    int done;
    if (failing(NAMES)) {
        errno = fail_errno;
        done = -1;
    } else {
        done = syscall(SYS_mkdirat, folder, path, mode);
        if (!done) note_path('M', 0, full);
    }
    pthread_mutex_unlock(&lock);
    return done;
}
int mkdir(const char *path, mode_t mode) { return made(AT_FDCWD, path, mode); }
int mkdirat(int folder, const char *path, mode_t mode) { return made(folder, path, mode); }

static int linked(int from, const char *old, int to, const char *new, int flags) {
    char full[PATH_MAX];
    int done = syscall(SYS_linkat, from, old, to, new, flags);
    if (!done && watched_at(to, new, full)) {
        pthread_mutex_lock(&lock);
        note('X', 0, 0, "link", 4);
        pthread_mutex_unlock(&lock);
    }
    return done;
}
int link(const char *old, const char *new) { return linked(AT_FDCWD, old, AT_FDCWD, new, 0); }
int linkat(int from, const char *old, int to, const char *new, int flags) { return linked(from, old, to, new, flags); }
