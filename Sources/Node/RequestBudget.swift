/// How many requests each address may still make: so many at once, and so many a second after.
///
/// `Protocol/sync.md § Limits`. Pure: the time comes in. The table holds a bounded number of
/// addresses; those that have not asked for longest are forgotten, which only gives them back
/// what they had.
struct RequestBudget {
    struct Rate: Hashable {
        /// The requests that may come at once.
        let burst: Double
        /// The requests a second that are earned again.
        let perSecond: Double
    }

    static let reading = Rate(burst: 6_000, perSecond: 100)
    static let writing = Rate(burst: 600, perSecond: 10)

    let rate: Rate
    let addressLimit: Int

    private struct Account {
        var left: Double
        var seen: Double
    }

    private var accounts: [String: Account] = [:]

    init(_ rate: Rate, addressLimit: Int = 4_096) {
        self.rate = rate
        self.addressLimit = addressLimit
    }

    var addressCount: Int { accounts.count }

    /// Takes one request of an address off its budget.
    ///
    /// - Parameter now: seconds of a clock that never goes back.
    /// - Returns: whether there was one.
    mutating func spend(_ address: String, at now: Double) -> Bool {
        if accounts[address] == nil, accounts.count >= addressLimit { forgetSome() }
        var account = accounts[address] ?? Account(left: rate.burst, seen: now)
        account.left = min(
            rate.burst, account.left + max(0, now - account.seen) * rate.perSecond)
        account.seen = max(now, account.seen)
        let has = account.left >= 1
        if has { account.left -= 1 }
        accounts[address] = account
        return has
    }

    /// The half that has not asked for longest.
    private mutating func forgetSome() {
        let times = accounts.values.map(\.seen).sorted()
        let middle = times[times.count / 2]
        accounts = accounts.filter { $0.value.seen > middle }
        if accounts.count >= addressLimit { accounts = [:] }
    }
}
