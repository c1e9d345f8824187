import { playAll } from './play-all.js'

// By the protocol of Zalo’s Bot Platform.
playAll('plain')
