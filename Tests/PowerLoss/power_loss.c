// A loss of power, for one process: loaded before the C library's own calls (LD_PRELOAD), it
// counts what a program does to the files of a folder, and at a chosen step puts back on the
// disk what a disk without power may hold: nothing that was written since the file's last
// sync, or any part of it. Then it ends the process.
//
//   CONCORD_LOSS_FOLDER  the folder, as an absolute path
//   CONCORD_LOSS_AT      the step at which the power goes; 0: never
//   CONCORD_LOSS_SEED    0: all unsynced writes are lost; otherwise some, chosen by this number
//   CONCORD_LOSS_COUNT   a file that gets the number of steps of a run that ends by itself
//
// Shared memory files (-shm) do not outlive the power and are not counted. A removed file is
// removed at once: SQLite removes a journal only when its pages are synced.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// One unsynced write: what stood there before.
struct change {
    char *path;
    off_t offset, old_size;
    size_t length;      // of the write; 0: the file was cut
    size_t old_length;  // of what stood there
    unsigned char *old;
    struct change *before;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct change *newest;
static long step;
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static ssize_t (*real_write)(int, const void *, size_t);
static int (*real_fsync)(int), (*real_fdatasync)(int), (*real_ftruncate)(int, off_t);
static int (*real_unlink)(const char *);

static void find(void *pointer, const char *name) {
    *(void **)pointer = dlsym(RTLD_NEXT, name);
    if (!*(void **)pointer) abort();
}

__attribute__((constructor)) static void begin(void) {
    find(&real_pwrite, "pwrite64");
    find(&real_write, "write");
    find(&real_fsync, "fsync");
    find(&real_fdatasync, "fdatasync");
    find(&real_ftruncate, "ftruncate64");
    find(&real_unlink, "unlink");
}

static long number(const char *name) {
    const char *text = getenv(name);
    return text ? atol(text) : 0;
}

__attribute__((destructor)) static void end(void) {
    const char *path = getenv("CONCORD_LOSS_COUNT");
    FILE *file = path ? fopen(path, "w") : NULL;
    if (file) {
        fprintf(file, "%ld\n", step);
        fclose(file);
    }
}

// The path of an open file of the folder, or NULL; the caller frees it.
static char *kept_path(int fd) {
    const char *folder = getenv("CONCORD_LOSS_FOLDER");
    char link[64], path[4096];
    if (!folder) return NULL;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return NULL;
    path[length] = 0;
    struct stat about;
    if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) return NULL;
    if (strncmp(path, folder, strlen(folder)) != 0) return NULL;
    if (length > 4 && strcmp(path + length - 4, "-shm") == 0) return NULL;
    return strdup(path);
}

static uint64_t chance(uint64_t *state) {
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state >> 33;
}

// Whether a later write that reached the disk stands on this byte.
static int is_covered(struct change *change, struct change **kept, size_t count, off_t at) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(kept[i]->path, change->path) == 0 && at >= kept[i]->offset &&
            at < kept[i]->offset + (off_t)kept[i]->length)
            return 1;
    return 0;
}

static void undo(struct change *change, struct change **kept, size_t count) {
    int fd = open(change->path, O_RDWR);
    if (fd < 0) return;
    for (size_t i = 0; i < change->old_length; i++) {
        off_t at = change->offset + (off_t)i;
        if (!is_covered(change, kept, count, at)) real_pwrite(fd, change->old + i, 1, at);
    }
    off_t size = change->old_size;
    for (size_t i = 0; i < count; i++) {
        off_t last = kept[i]->offset + (off_t)kept[i]->length;
        if (strcmp(kept[i]->path, change->path) == 0 && last > size) size = last;
    }
    struct stat about;
    if (fstat(fd, &about) == 0 && about.st_size > size) (void)!real_ftruncate(fd, size);
    close(fd);
}

static void lose_power(void) {
    uint64_t state = (uint64_t)number("CONCORD_LOSS_SEED");
    size_t count = 0, kept_count = 0;
    for (struct change *c = newest; c; c = c->before) count++;
    struct change **kept = calloc(count + 1, sizeof *kept);
    int is_partial = state != 0;
    for (struct change *c = newest; c; c = c->before) {
        if (is_partial && c->length > 0 && chance(&state) % 2)
            kept[kept_count++] = c;
        else
            undo(c, kept, kept_count);
    }
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

// Counts a step; the power goes before it happens.
static void take_step(void) {
    step++;
    if (step == number("CONCORD_LOSS_AT")) lose_power();
}

static void remember(char *path, int fd, off_t offset, size_t length, int is_cut) {
    struct stat about;
    if (fstat(fd, &about) != 0) abort();
    struct change *change = calloc(1, sizeof *change);
    *change = (struct change){strdup(path), offset, about.st_size, is_cut ? 0 : length, 0, NULL,
                              newest};
    off_t end = is_cut ? about.st_size : offset + (off_t)length;
    if (end > about.st_size) end = about.st_size;
    if (end > offset) {
        // A reader of its own: the file may be open for writing alone.
        int reader = open(path, O_RDONLY);
        change->old_length = (size_t)(end - offset);
        change->old = malloc(change->old_length);
        if (reader < 0 ||
            pread(reader, change->old, change->old_length, offset) != (ssize_t)change->old_length)
            abort();
        close(reader);
    }
    newest = change;
}

static void forget(const char *path) {
    struct change **place = &newest;
    while (*place) {
        struct change *change = *place;
        if (strcmp(change->path, path) == 0)
            *place = change->before;
        else
            place = &change->before;
    }
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off_t offset) {
    char *path = kept_path(fd);
    if (!path) return real_pwrite(fd, bytes, length, offset);
    pthread_mutex_lock(&lock);
    take_step();
    remember(path, fd, offset, length, 0);
    ssize_t written = real_pwrite(fd, bytes, length, offset);
    pthread_mutex_unlock(&lock);
    free(path);
    return written;
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) {
    return pwrite64(fd, bytes, length, offset);
}

ssize_t write(int fd, const void *bytes, size_t length) {
    if (!real_write) find(&real_write, "write");
    char *path = kept_path(fd);
    if (!path) return real_write(fd, bytes, length);
    pthread_mutex_lock(&lock);
    take_step();
    int is_appending = fcntl(fd, F_GETFL) & O_APPEND;
    remember(path, fd, lseek(fd, 0, is_appending ? SEEK_END : SEEK_CUR), length, 0);
    ssize_t written = real_write(fd, bytes, length);
    pthread_mutex_unlock(&lock);
    free(path);
    return written;
}

static int synced(int fd, int (*sync)(int)) {
    char *path = kept_path(fd);
    if (!path) return sync(fd);
    pthread_mutex_lock(&lock);
    take_step();
    int result = sync(fd);
    if (result == 0) forget(path);
    pthread_mutex_unlock(&lock);
    free(path);
    return result;
}

int fsync(int fd) { return synced(fd, real_fsync); }

int fdatasync(int fd) { return synced(fd, real_fdatasync); }

int ftruncate64(int fd, off_t size) {
    char *path = kept_path(fd);
    if (!path) return real_ftruncate(fd, size);
    pthread_mutex_lock(&lock);
    take_step();
    remember(path, fd, size, 0, 1);
    int result = real_ftruncate(fd, size);
    pthread_mutex_unlock(&lock);
    free(path);
    return result;
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

int unlink(const char *path) {
    pthread_mutex_lock(&lock);
    char *whole = realpath(path, NULL);
    if (whole) forget(whole);
    int result = real_unlink(path);
    pthread_mutex_unlock(&lock);
    free(whole);
    return result;
}
