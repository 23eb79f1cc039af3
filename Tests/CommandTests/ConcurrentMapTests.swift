import Registrar
import Testing

/// What is made on several cores at once is what one would have made.
@Suite struct ConcurrentMapTests {
    @Test(arguments: [0, 1, 2, 31, 32, 33, 1_000])
    func keepsTheOrderOfTheElements(_ count: Int) {
        let elements = Array(0..<count)
        #expect(elements.concurrentMap { $0 * 2 } == elements.map { $0 * 2 })
    }
}
