import Glibc

/// What this process, and each that it starts, may use while it reads a stranger's picture.
enum ProcessLimits {
    private static let memory: rlim_t = 1 << 30
    /// Of processor time.
    static let seconds: ClosedRange<UInt32> = 1...60
    private static let file: rlim_t = 128 << 20

    static func apply(seconds: UInt32) {
        set(RLIMIT_AS, memory)
        set(RLIMIT_CPU, rlim_t(seconds))
        set(RLIMIT_FSIZE, file)
        set(RLIMIT_CORE, 0)
        // Whoever waits for us waits no longer than that.
        alarm(2 * seconds)
    }

    private static func set(_ resource: __rlimit_resource, _ most: rlim_t) {
        var limit = rlimit(rlim_cur: most, rlim_max: most)
        setrlimit(__rlimit_resource_t(resource.rawValue), &limit)
    }
}
