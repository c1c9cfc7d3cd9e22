"""Pages of walks, trees and the place's own rules."""
