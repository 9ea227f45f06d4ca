// Package e2e tries the real program on MusicCorp, the example system: standalone, as
// go vet's vettool, as go fix's fixtool, and with its fixes applied.
package e2e
